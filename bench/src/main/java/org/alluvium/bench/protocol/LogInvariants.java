package org.alluvium.bench.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.bench.protocol.Files.Content;
import org.alluvium.bench.protocol.Model.Violation;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.contracts.takedown.TakenOut;

/** What must hold of log and files. */
final class LogInvariants {

    private LogInvariants() {}

    static Optional<Violation> violation(State state) {
        return fenced(state)
                .or(() -> onceInTheLog(state))
                .or(() -> filesAreThere(state))
                .or(() -> notAfterTakedown(state))
                .or(() -> swept(state));
    }

    private static Optional<Violation> fenced(State state) {
        long epoch = -1;
        for (LogEntry entry : state.log().entries()) {
            boolean fence = entry instanceof LogEntry.Fence;
            if (entry.writerEpoch() < epoch || (!fence && entry.writerEpoch() != epoch && epoch >= 0)) {
                return violated(Invariant.FENCED, "after epoch " + epoch + " " + Words.of(entry));
            }
            epoch = fence ? entry.writerEpoch() : epoch;
        }
        return Optional.empty();
    }

    private static Optional<Violation> onceInTheLog(State state) {
        TakenOut out = state.log().takedowns().out();
        List<Integer> rows = Protocol.rows(state);
        int expected = 1;
        for (int row : rows) {
            while (expected < row && Records.has(out, expected)) {
                expected++;
            }
            if (row != expected) {
                return violated(Invariant.ONCE_IN_THE_LOG, "the log holds " + rows);
            }
            expected++;
        }
        return Optional.empty();
    }

    private static Optional<Violation> filesAreThere(State state) {
        Takedowns takedowns = state.log().takedowns();
        for (LogEntry.Commit commit : state.log().commits()) {
            for (ShardFile named : commit.shards()) {
                Content was = state.files().at(named.path());
                String path = takedowns.current(named).path();
                Content is = state.files().at(path);
                List<Integer> wanted = new ArrayList<>();
                for (int i = 0; i < was.rows().size(); i++) {
                    int row = was.rows().get(i);
                    boolean hole = is.rows().size() > i && is.rows().get(i) == Files.HOLE;
                    wanted.add(hole && Records.has(takedowns.out(), row) ? Files.HOLE : row);
                }
                if (!is.exists() || !is.whole() || !is.rows().equals(wanted)) {
                    return violated(
                            Invariant.FILES_ARE_THERE,
                            named.path() + " of " + Words.of(commit) + " is " + path + ", " + is);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> notAfterTakedown(State state) {
        for (LogEntry.Commit commit : state.log().commits()) {
            TakenOut out = state.log().takedownsThrough(commit.sequence()).out();
            for (ShardFile named : commit.shards()) {
                List<Integer> rows = state.files().at(named.path()).rows();
                if (rows.stream().anyMatch(row -> Records.has(out, row))) {
                    return violated(Invariant.NOT_AFTER_TAKEDOWN, Words.of(commit) + " names records " + rows);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> swept(State state) {
        for (Sweeper sweep : state.sweeps()) {
            if (sweep.stage() != Sweeper.Stage.DONE) {
                continue;
            }
            TakenOut out = TakenOut.of(state.log().takedowns().all().stream()
                    .filter(taken -> taken.sequence() <= sweep.through())
                    .toList());
            for (String path : Records.named(state.log())) {
                Content file = state.files().at(path);
                if (file.exists() && file.rows().stream().anyMatch(row -> Records.has(out, row))) {
                    return violated(
                            Invariant.SWEPT,
                            "process " + sweep.number() + " is done, and " + path + " holds records " + file.rows());
                }
            }
        }
        return Optional.empty();
    }

    static Optional<Violation> violated(Invariant invariant, String words) {
        return Optional.of(new Violation(invariant, words));
    }
}
