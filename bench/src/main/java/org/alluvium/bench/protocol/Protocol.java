package org.alluvium.bench.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.TakenOut;

/** Ingest, takedown and training of one corpus, within bounds, whole or lacking something. */
public final class Protocol implements Model<State> {

    private final Bounds bounds;
    private final IngestSteps ingest;
    private final SweepSteps sweeps;
    private final TrainSteps training;

    /** @param lacking what is left out of the protocol; nothing, for the one that the program has */
    public Protocol(Bounds bounds, Set<Mutation> lacking) {
        this.bounds = bounds;
        this.ingest = new IngestSteps(bounds, lacking);
        this.sweeps = new SweepSteps(bounds, lacking);
        this.training = new TrainSteps(bounds, lacking);
    }

    @Override
    public State initial() {
        IngestSteps undisturbed = new IngestSteps(Bounds.of(bounds.records(), bounds.first(), 0), Set.of());
        State state = State.INITIAL;
        while (rows(state).size() < bounds.first()) {
            List<Step<State>> steps = new ArrayList<>();
            undisturbed.add(state, steps);
            state = steps.getFirst().to();
        }
        return state.withFaults(bounds.faults());
    }

    @Override
    public List<Step<State>> steps(State state) {
        List<Step<State>> steps = new ArrayList<>();
        ingest.add(state, steps);
        sweeps.add(state, steps);
        training.add(state, steps);
        return steps;
    }

    @Override
    public Optional<Violation> violation(State state) {
        return LogInvariants.violation(state).or(() -> RunInvariants.violation(state));
    }

    @Override
    public boolean isDone(State state) {
        if (state.log().takedowns().all().size() < bounds.takes().size()
                || !state.log().takedowns().notCarriedOut().isEmpty()
                || state.sweeps().stream().anyMatch(Sweeper::isAlive)) {
            return false;
        }
        TakenOut out = state.log().takedowns().out();
        List<Integer> rows = rows(state);
        for (int record = 1; record <= bounds.records(); record++) {
            if (!rows.contains(record) && !Records.has(out, record)) {
                return false;
            }
        }
        return !bounds.trainer()
                || state.run().trainers().stream()
                        .anyMatch(trainer -> trainer.stage() == Run.Stage.RUNNING
                                && trainer.at().position() >= lastToLearn(rows, out)
                                && trainer.recorded().isEmpty());
    }

    /** Records of all commits, as they were named, in their order. */
    static List<Integer> rows(State state) {
        List<Integer> rows = new ArrayList<>();
        for (LogEntry.Commit commit : state.log().commits()) {
            for (ShardFile shard : commit.shards()) {
                rows.addAll(state.files().at(shard.path()).rows());
            }
        }
        return rows;
    }

    /** Position after the last row that is in the corpus. */
    private static int lastToLearn(List<Integer> rows, TakenOut out) {
        for (int position = rows.size(); position > 0; position--) {
            if (!Records.has(out, rows.get(position - 1))) {
                return position;
            }
        }
        return 0;
    }
}
