package org.alluvium.bench.protocol;

import static org.alluvium.bench.protocol.State.calm;
import static org.alluvium.bench.protocol.State.fault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.bench.protocol.Model.Step;
import org.alluvium.bench.protocol.Sweeper.Stage;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.contracts.takedown.TakenOut;

/**
 * What processes may do that take documents out. They decide by {@link Takedowns} and {@link History}, which are the program's; the
 * order of their acts is that of {@code Sweep}.
 */
final class SweepSteps {

    private final Bounds bounds;
    private final Set<Mutation> lacking;

    SweepSteps(Bounds bounds, Set<Mutation> lacking) {
        this.bounds = bounds;
        this.lacking = lacking;
    }

    void add(State state, List<Step<State>> steps) {
        begin(state, steps);
        for (Sweeper sweep : state.sweeps()) {
            if (sweep.isAlive()) {
                act(state, sweep, steps);
            }
        }
    }

    private boolean lacks(Mutation mutation) {
        return lacking.contains(mutation);
    }

    /** A takedown is ordered, or what a killed process has left is finished. */
    private void begin(State state, List<Step<State>> steps) {
        int number = state.sweeps().size();
        int ordered = state.log().takedowns().all().size();
        if (ordered < bounds.takes().size() && state.log().last() >= 0) {
            steps.add(calm(
                    "takedown of record " + bounds.takes().get(ordered) + " by process " + number,
                    state.with(order(state.log(), bounds.takes().get(ordered))).with(Sweeper.begin(number))));
        }
        boolean lastWasKilled = number > 0 && state.sweeps().getLast().stage() == Stage.KILLED;
        boolean beside = number > 0 && state.sweeps().getLast().isAlive();
        State begun = state.with(Sweeper.begin(number));
        if (lastWasKilled) {
            steps.add(calm("process " + number + " finishes takedowns", begun));
        } else if (beside && state.faults() > 0) {
            steps.add(fault("process " + number + " finishes takedowns beside another", begun));
        }
    }

    private static Log order(Log log, int record) {
        LogEntry last = log.read(log.last());
        return log.with(new LogEntry.Takedown(
                last.sequence() + 1,
                last.writerEpoch(),
                last.lineage(),
                List.of(Records.selector(record)),
                "asked",
                Instant.EPOCH,
                History.after(last)));
    }

    private void act(State state, Sweeper sweep, List<Step<State>> steps) {
        String name = "process " + sweep.number();
        if (state.faults() > 0) {
            steps.add(fault(name + " is killed", state.with(sweep.killed())));
        }
        switch (sweep.stage()) {
            case BEGINNING -> steps.add(calm(name + " looks what there is to do", look(state, sweep, true)));
            case SEARCHING -> search(state, sweep, name, steps);
            case REPLACING -> replace(state, sweep, name, steps);
            case DESTROYING ->
                steps.add(calm(
                        name + " destroys " + sweep.toDestroy(),
                        state.with(state.files().destroy(sweep.toDestroy())).with(sweep.at(Stage.DONE))));
            case DONE, KILLED -> {}
        }
    }

    /** {@code Sweep.carryOut} up to the search. */
    private State look(State state, Sweeper sweep, boolean first) {
        Takedowns takedowns = state.log().takedowns();
        State next = state;
        if (!lacks(Mutation.LEFTOVERS_STAY) && (first || !lacks(Mutation.LEFTOVERS_LOOKED_FOR_ONCE))) {
            for (LogEntry.Rewrite rewrite : takedowns.rewrites()) {
                next = next.with(next.files().destroy(rewrite.shards().keySet()));
            }
        }
        List<LogEntry.Takedown> open = takedowns.notCarriedOut();
        if (open.isEmpty()) {
            long through = takedowns.newestTakedown();
            return next.with(new Sweeper(sweep.number(), Stage.DONE, -1, through, new TreeMap<>(), List.of()));
        }
        return next.with(new Sweeper(
                sweep.number(),
                Stage.SEARCHING,
                state.log().last(),
                open.getLast().sequence(),
                new TreeMap<>(),
                List.of()));
    }

    /** {@code Sweep.Search} and {@code Cleaner.shard}: the whole corpus at a time. */
    private void search(State state, Sweeper sweep, String name, List<Step<State>> steps) {
        Takedowns takedowns = state.log().takedownsThrough(sweep.looked());
        TakenOut out = TakenOut.of(takedowns.notCarriedOut());
        SortedMap<String, String> replacing = new TreeMap<>();
        Files files = state.files();
        for (LogEntry.Commit commit : state.log().commits()) {
            for (ShardFile named : commit.sequence() < sweep.through() ? commit.shards() : List.<ShardFile>of()) {
                String path = takedowns.current(named).path();
                if (!files.has(path)) {
                    steps.add(calm(name + " fails, as " + path + " is gone", state.with(sweep.killed())));
                    return;
                }
                List<Integer> rows = files.at(path).rows();
                List<Integer> kept = Files.withHoles(rows, row -> Records.has(out, row));
                if (!kept.equals(rows)) {
                    String again = "s" + sweep.number() + "." + sweep.looked() + "-" + path;
                    files = files.write(again, kept, state.era());
                    replacing.put(path, again);
                }
            }
        }
        Sweeper found =
                new Sweeper(sweep.number(), Stage.REPLACING, sweep.looked(), sweep.through(), replacing, List.of());
        if (state.faults() > 0 && !replacing.isEmpty()) {
            State damaged = state.with(files.damage(replacing.lastEntry().getValue()));
            steps.add(fault(
                    name + " writes " + replacing.values() + ", of which one is damaged",
                    damaged.with(lacks(Mutation.COPY_NOT_VERIFIED) ? found : sweep.killed())));
        }
        if (lacks(Mutation.DESTROYED_TOO_SOON)) {
            files = files.destroy(replacing.keySet());
        }
        steps.add(calm(name + " writes " + replacing.values(), state.with(files).with(found)));
    }

    /** {@code Sweep.replace}. */
    private void replace(State state, Sweeper sweep, String name, List<Step<State>> steps) {
        Takedowns before = state.log().takedownsThrough(sweep.looked());
        Takedowns now = state.log().takedowns();
        boolean alone = now.rewrites().equals(before.rewrites()) || lacks(Mutation.REWRITES_NOT_COMPARED);
        State giving = look(state.with(state.files().destroy(sweep.replacing().values())), sweep, false);
        if (!alone) {
            steps.add(calm(name + " finds that another was first, and begins again", giving));
            return;
        }
        Map<String, ShardFile> shards = new TreeMap<>();
        sweep.replacing().forEach((old, path) -> shards.put(old, state.files().named(path)));
        LogEntry last = state.log().read(state.log().last());
        Log log = state.log()
                .with(new LogEntry.Rewrite(
                        last.sequence() + 1,
                        last.writerEpoch(),
                        last.lineage(),
                        lacks(Mutation.SWEEP_SAYS_TOO_MUCH) ? now.newestTakedown() : sweep.through(),
                        shards,
                        Map.of(),
                        Instant.EPOCH,
                        History.after(last)));
        List<String> old = new ArrayList<>(sweep.replacing().keySet());
        steps.add(calm(
                name + " says that " + sweep.replacing().values() + " take the place of " + old,
                state.with(log)
                        .with(new Sweeper(
                                sweep.number(), Stage.DESTROYING, -1, sweep.through(), new TreeMap<>(), old))));
        if (lacks(Mutation.OWN_ANSWER_NOT_KNOWN) && state.faults() > 0) {
            State mistaken = look(
                    state.with(log).with(state.files().destroy(sweep.replacing().values())), sweep, false);
            steps.add(fault(name + " takes its own entry for another's, and begins again", mistaken));
        }
    }
}
