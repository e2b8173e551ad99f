package org.alluvium.bench.protocol;

import static org.alluvium.bench.protocol.State.calm;
import static org.alluvium.bench.protocol.State.fault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.alluvium.bench.protocol.Ingest.Attempt;
import org.alluvium.bench.protocol.Ingest.Snapshot;
import org.alluvium.bench.protocol.Ingest.Stage;
import org.alluvium.bench.protocol.Model.Step;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.flink.sink.CommitRules;
import org.alluvium.flink.sink.LogCommitter.Claim;
import org.alluvium.flink.types.Ages;
import org.alluvium.flink.types.CommitState;
import org.alluvium.flink.types.CommitState.Pending;
import org.alluvium.flink.types.Written;

/**
 * What the ingest job may do. It decides by {@link CommitRules}, {@link Written#plus}, {@link Takedowns} and {@link History}, which
 * are the program's; the order of its acts is that of {@code LogCommitter}, {@code CommittingOperator}, {@code OutcomeWriter} and
 * {@code OrphanJanitor}.
 *
 * <p>An append that fails changes nothing, and entries never change; so that looks and tries are repeated until one succeeds is
 * here one step, and what others did between the first look and it is what can differ.
 */
final class IngestSteps {

    private static final String NO_FILE = "";

    private final Bounds bounds;
    private final Set<Mutation> lacking;

    IngestSteps(Bounds bounds, Set<Mutation> lacking) {
        this.bounds = bounds;
        this.lacking = lacking;
    }

    void add(State state, List<Step<State>> steps) {
        if (bounds.first() == bounds.records() && Protocol.rows(state).size() == bounds.records()) {
            return;
        }
        begin(state, steps);
        for (Attempt attempt : state.ingest().attempts()) {
            if (attempt.isAlive()) {
                act(state, attempt, steps);
            }
        }
    }

    private boolean lacks(Mutation mutation) {
        return lacking.contains(mutation);
    }

    private void begin(State state, List<Step<State>> steps) {
        List<Attempt> attempts = state.ingest().attempts();
        int number = attempts.size();
        boolean beside = number > 0 && attempts.getLast().isAlive();
        boolean refusedForGood = number > 0
                && attempts.getLast().stage() == Stage.REFUSED
                && state.ingest().newest().isEmpty();
        if (refusedForGood || (beside && state.faults() == 0)) {
            return;
        }
        Snapshot from = state.ingest().newest().orElse(Snapshot.fresh(number));
        State begun = state.with(Attempt.begin(
                number, from, state.log().last(), state.log().takedowns().newestTakedown()));
        if (beside) {
            steps.add(fault(name(number) + " begins beside the one before, from checkpoint " + from.id(), begun));
        } else {
            steps.add(calm(name(number) + " begins from checkpoint " + from.id(), begun));
        }
    }

    private static String name(int attempt) {
        return "attempt " + attempt;
    }

    private void act(State state, Attempt attempt, List<Step<State>> steps) {
        String name = name(attempt.number());
        if (state.faults() > 0) {
            steps.add(fault(name + " is killed", state.with(attempt.ended(Stage.ENDED))));
        }
        switch (attempt.stage()) {
            case CLAIMING -> {
                if (state.ingest().attempts().stream()
                        .allMatch(other -> other.doomed().isEmpty())) {
                    steps.add(calm(name + " claims the log", claim(state, attempt)));
                }
            }
            case PUBLISHING ->
                steps.add(calm(
                        name + " publishes what it was restored with",
                        commit(state, attempt, attempt.from().id())));
            case RUNNING -> run(state, attempt, name, steps);
            case ENDED, REFUSED -> {
                return;
            }
        }
        if (bounds.janitors() && attempt.stage() != Stage.CLAIMING) {
            cleanUp(state, attempt, name, steps);
        }
    }

    private void run(State state, Attempt attempt, String name, List<Step<State>> steps) {
        if (attempt.committer().toTell() != Claim.FRESH) {
            State told = commit(state, attempt, attempt.committer().toTell());
            steps.add(
                    calm(name + " hears that checkpoint " + attempt.committer().toTell() + " is complete", told));
            if (state.faults() > 0) {
                steps.add(fault(
                        name + " does not hear that checkpoint "
                                + attempt.committer().toTell() + " is complete",
                        state.with(attempt.tell(Claim.FRESH))));
            }
        }
        if (!attempt.committer().toDestroy().isEmpty()) {
            steps.add(calm(
                    name + " destroys " + attempt.committer().toDestroy(),
                    state.with(state.files().destroy(attempt.committer().toDestroy()))
                            .with(attempt.destroyed())));
        }
        boolean newest = attempt.number() == state.ingest().attempts().size() - 1;
        if (attempt.writer().inFlight().isPresent()) {
            Snapshot complete = attempt.writer().inFlight().get();
            if (newest || bounds.zombies()) {
                steps.add(calm(
                        name + "'s checkpoint " + complete.id() + " is complete",
                        state.with(state.ingest().with(complete).with(attempt.tell(complete.id())))));
            }
        } else if (newest || bounds.zombies()) {
            write(state, attempt, name, steps);
        }
    }

    /** {@code OutcomeWriter}: what is taken down is dropped as far as it was known when the file before was closed. */
    private void write(State state, Attempt attempt, String name, List<Step<State>> steps) {
        if (attempt.writer().open().isPresent()) {
            steps.add(closed(state, attempt, name, attempt.writer().open().get()));
            return;
        }
        for (int count = Math.min(
                        bounds.perCheckpoint(),
                        bounds.records() - attempt.writer().offset());
                count > 0;
                count--) {
            int readTo = attempt.writer().offset() + count;
            TakenOut known = TakenOut.of(state.log().takedowns().all().stream()
                    .filter(taken -> taken.sequence() <= attempt.writer().knows())
                    .toList());
            List<Integer> rows = IntStream.rangeClosed(attempt.writer().offset() + 1, readTo)
                    .filter(row -> !Records.has(known, row))
                    .boxed()
                    .toList();
            String path = rows.isEmpty()
                    ? NO_FILE
                    : "w" + attempt.number() + "-" + attempt.writer().nextId();
            Files files = rows.isEmpty() ? state.files() : state.files().write(path, rows, state.era());
            steps.add(calm(name + " writes " + rows, state.with(files).with(attempt.writing(readTo, path))));
        }
        boolean more = attempt.writer().offset() < bounds.records()
                || attempt.committer().toTell() != Claim.FRESH;
        if (!more && !attempt.committer().pending().isEmpty()) {
            steps.add(closed(state, attempt, name, NO_FILE));
        }
    }

    /** The writer closes its file and says what it knew when it began it; then it asks again. The committer holds the file. */
    private Step<State> closed(State state, Attempt attempt, String name, String path) {
        long id = attempt.writer().nextId();
        long knowsNow = state.log().takedowns().newestTakedown();
        List<Pending> pending = new ArrayList<>(attempt.committer().pending());
        if (!path.equals(NO_FILE)) {
            long claimed = lacks(Mutation.WRITER_CLAIMS_TOO_MUCH)
                    ? knowsNow
                    : attempt.writer().knows();
            pending.add(new Pending(id, written(List.of(state.files().named(path)), claimed)));
        }
        Snapshot snapshot = new Snapshot(
                id,
                lacks(Mutation.OFFSETS_NOT_IN_STATE)
                        ? attempt.from().offset()
                        : attempt.writer().offset(),
                new CommitState(
                        attempt.lineage(),
                        attempt.committer().last(),
                        lacks(Mutation.FILES_NOT_IN_STATE) ? List.of() : pending),
                false);
        Attempt taking = attempt.taking(snapshot, pending, knowsNow);
        State next = state.with(taking);
        return calm(
                name + " begins checkpoint " + id,
                lacks(Mutation.PUBLISHED_TOO_SOON) ? commit(next, taking, id) : next);
    }

    static Written written(List<ShardFile> shards, long knows) {
        return new Written(
                shards,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Funnel.EMPTY,
                Ages.NONE,
                TextTokens.NONE,
                knows);
    }

    /** {@code LogCommitter.claim}: what was looked at may not be the end any more, and then it looks again. */
    private State claim(State state, Attempt attempt) {
        long looked = attempt.looked();
        Log log = state.log();
        boolean taken = looked < log.last();
        if (taken && !lacks(Mutation.CREATION_NOT_EXCLUSIVE)) {
            looked = log.last();
        }
        Claim claim = new Claim(attempt.from().state(), attempt.from().id(), false, Records.FAMILY);
        Optional<LogEntry.Commit> newest = CommitRules.newestCommit(log, looked);
        try {
            CommitRules.requireWhole(claim, looked);
            if (newest.isPresent() && !lacks(Mutation.OLD_CHECKPOINT_TAKEN)) {
                CommitRules.requireKnown(log, claim, newest.get());
                if (!lacks(Mutation.BRANCH_NOT_ASKED)) {
                    CommitRules.requireSameBranch(log, claim, newest.get());
                }
            }
        } catch (MismatchException refused) {
            return refused(state, attempt);
        }
        Optional<LogEntry> before = looked < 0 ? Optional.empty() : Optional.of(log.read(looked));
        LogEntry.Fence fence = new LogEntry.Fence(
                looked + 1,
                before.map(entry -> entry.writerEpoch() + 1).orElse(0L),
                attempt.lineage(),
                attempt.from().id(),
                Optional.of(Records.FAMILY),
                Instant.EPOCH,
                before.map(History::after).orElse(History.NONE));
        long published =
                lacks(Mutation.REPLAY_NOT_KNOWN) ? Claim.FRESH : CommitRules.published(newest, attempt.lineage());
        return state.with(log.with(fence)).with(attempt.fenced(fence.sequence(), fence.writerEpoch(), published));
    }

    /** A person is told, and chooses another checkpoint or, if there is none, begins anew. */
    private static State refused(State state, Attempt attempt) {
        boolean fresh = attempt.from().id() == Claim.FRESH;
        return state.with(
                state.ingest().refusing(attempt.from()).with(attempt.ended(fresh ? Stage.REFUSED : Stage.ENDED)));
    }

    /** {@code LogCommitter.commit}: takes the number after its last entry, and passes takedowns, but no fence. */
    private State commit(State state, Attempt attempt, long id) {
        Written all = CommitRules.publishable(
                attempt.committer().pending(), attempt.committer().published(), id);
        if (all.isEmpty()) {
            return state.with(attempt.told(id));
        }
        if (attempt.stage() == Stage.PUBLISHING
                && !lacks(Mutation.MISSING_FILES_COMMITTED)
                && !Records.paths(all.shards()).stream().allMatch(state.files()::has)) {
            return refused(state, attempt);
        }
        Log log = state.log();
        long last = attempt.committer().last();
        while (last < log.last() && !lacks(Mutation.CREATION_NOT_EXCLUSIVE)) {
            LogEntry winner = log.read(last + 1);
            if (CommitRules.fencesOff(winner) && !lacks(Mutation.FENCE_PASSED)) {
                return state.with(attempt.ended(Stage.ENDED));
            }
            last++;
        }
        Takedowns known = log.takedownsThrough(last);
        long oldest = lacks(Mutation.BEST_KNOWLEDGE_COUNTS) ? bestKnowledge(attempt, id) : all.takedowns();
        TakenOut out = lacks(Mutation.GATE_OPEN) ? TakenOut.NOTHING : TakenOut.of(known.after(oldest));
        Files files = state.files();
        List<ShardFile> passed = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        for (ShardFile shard : all.shards()) {
            List<Integer> rows = files.at(shard.path()).rows();
            List<Integer> kept =
                    rows.stream().filter(row -> !Records.has(out, row)).toList();
            if (kept.size() == rows.size()) {
                passed.add(shard);
                continue;
            }
            replaced.add(shard.path());
            if (!kept.isEmpty()) {
                String path = gated(attempt.number(), shard.path());
                files = files.write(path, kept, state.era());
                passed.add(files.named(path));
            }
        }
        LogEntry.Commit entry = commitOf(log, last, attempt, id, passed);
        return state.with(log.with(entry))
                .with(files)
                .with(attempt.committed(entry.sequence(), id, replaced).told(id));
    }

    /** Name of what a committer makes of a file. */
    static String gated(int attempt, String path) {
        return "g" + attempt + "-" + path;
    }

    private static long bestKnowledge(Attempt attempt, long id) {
        return attempt.committer().pending().stream()
                .filter(part -> part.checkpointId() <= id)
                .mapToLong(part -> part.written().takedowns())
                .max()
                .orElseThrow();
    }

    private static LogEntry.Commit commitOf(Log log, long last, Attempt attempt, long id, List<ShardFile> shards) {
        return new LogEntry.Commit(
                last + 1,
                attempt.committer().epoch(),
                attempt.lineage(),
                id,
                shards,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Funnel.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH,
                History.after(log.read(last)));
    }

    /**
     * {@code OrphanJanitor.clean}: a file is doomed by all that is asked, and deleted later. There is no grace time: what it is
     * for, a writer that begins before its committer, does not happen here. One thing is taken for granted of time: from its
     * look at the log to its deletions a janitor takes less than an attempt from its restore to its claim.
     */
    private void cleanUp(State state, Attempt attempt, String name, List<Step<State>> steps) {
        if (attempt.doomed().isPresent()) {
            steps.add(calm(
                    name + "'s janitor deletes " + attempt.doomed().get(),
                    state.with(state.files().destroy(List.of(attempt.doomed().get())))
                            .with(attempt.dooming(Optional.empty()))));
            return;
        }
        if (!lacks(Mutation.FENCED_JANITOR_GOES_ON) && isFencedOff(state.log(), attempt)) {
            return;
        }
        Set<String> spared = spared(state, attempt);
        state.files().all().forEach((path, content) -> {
            boolean old = content.era() <= attempt.number() || lacks(Mutation.JANITOR_ASKS_NO_AGE);
            if (content.exists() && old && !spared.contains(path)) {
                steps.add(calm(name + "'s janitor finds " + path, state.with(attempt.dooming(Optional.of(path)))));
            }
        });
    }

    private static boolean isFencedOff(Log log, Attempt attempt) {
        return log.newest().orElseThrow().writerEpoch() > attempt.committer().epoch();
    }

    private Set<String> spared(State state, Attempt attempt) {
        Set<String> spared = new HashSet<>(Records.named(state.log()));
        if (!lacks(Mutation.JANITOR_ASKS_NOT_THE_COMMITTER)) {
            attempt.committer().pending().forEach(part -> spared.addAll(paths(part)));
        }
        if (!lacks(Mutation.JANITOR_TAKES_SWEPT_FILES)
                && !state.log().takedowns().notCarriedOut().isEmpty()) {
            state.files().all().keySet().stream()
                    .filter(path -> path.startsWith("s"))
                    .forEach(spared::add);
        }
        return spared;
    }

    private static List<String> paths(Pending part) {
        return part.written().shards().stream().map(ShardFile::path).toList();
    }
}
