package org.alluvium.bench.protocol;

import static org.alluvium.bench.protocol.LogInvariants.violated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.bench.protocol.Model.Violation;
import org.alluvium.bench.protocol.Run.Checkpoint;
import org.alluvium.bench.protocol.Run.Learned;
import org.alluvium.bench.protocol.Run.Trainer;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.takedown.TakenOut;

/** What must hold of a training run. */
final class RunInvariants {

    private RunInvariants() {}

    static Optional<Violation> violation(State state) {
        return resumable(state)
                .or(() -> learnedOnce(state))
                .or(() -> weightsFollowJournal(state))
                .or(() -> nothingMissed(state))
                .or(() -> notLearnedKnowingly(state));
    }

    private static Optional<Violation> resumable(State state) {
        return state.run().trainers().stream()
                .filter(trainer -> trainer.stage() == Run.Stage.BROKEN)
                .findFirst()
                .flatMap(trainer -> violated(
                        Invariant.RESUMABLE,
                        "trainer " + trainer.number() + " cannot go on; the journal is "
                                + state.run().journal()));
    }

    private static List<Learned> counting(Run run) {
        return Run.valid(run.journal(), Checkpoint.START);
    }

    private static List<Integer> records(List<Learned> lines) {
        return lines.stream().map(Learned::record).toList();
    }

    private static Optional<Violation> learnedOnce(State state) {
        int record = 0;
        long step = 0;
        for (Learned line : counting(state.run())) {
            step++;
            if (line.step() != step || line.record() <= record) {
                return violated(
                        Invariant.LEARNED_ONCE, "the journal is " + state.run().journal());
            }
            record = line.record();
        }
        return Optional.empty();
    }

    private static Optional<Violation> weightsFollowJournal(State state) {
        List<Integer> counting = records(counting(state.run()));
        List<Checkpoint> all = new ArrayList<>(state.run().checkpoints());
        all.removeIf(state.run()::isUndone);
        state.run().trainers().stream()
                .filter(Trainer::isAlive)
                .map(Trainer::at)
                .forEach(all::add);
        for (Checkpoint one : all) {
            boolean follows = one.step() <= counting.size()
                    && counting.subList(0, Math.toIntExact(one.step())).equals(one.weights());
            if (!follows) {
                return violated(
                        Invariant.WEIGHTS_FOLLOW_JOURNAL,
                        one + " and the journal " + state.run().journal());
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> nothingMissed(State state) {
        TakenOut out = state.log().takedowns().out();
        List<Integer> rows = Protocol.rows(state);
        for (Trainer trainer : state.run().trainers()) {
            if (trainer.isAlive()) {
                List<Integer> passed = new ArrayList<>(
                        rows.subList(0, Math.min(rows.size(), trainer.at().position())));
                passed.removeAll(trainer.at().weights());
                if (passed.stream().anyMatch(row -> !Records.has(out, row))) {
                    return violated(
                            Invariant.NOTHING_MISSED,
                            "trainer " + trainer.number() + " read " + rows + " and learned "
                                    + trainer.at().weights());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> notLearnedKnowingly(State state) {
        for (Run.Line line : state.run().journal()) {
            if (line instanceof Learned learned
                    && state.log().takedowns().all().stream().anyMatch(taken -> knew(learned, taken))) {
                return violated(Invariant.NOT_LEARNED_KNOWINGLY, learned + " and the log " + state.log());
            }
        }
        return Optional.empty();
    }

    private static boolean knew(Learned line, LogEntry.Takedown taken) {
        boolean known = taken.sequence() <= line.known();
        return known ? Records.has(TakenOut.of(List.of(taken)), line.record()) : taken.sequence() < line.entry();
    }
}
