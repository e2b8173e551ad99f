package org.alluvium.flink.sink;

import java.util.HashMap;
import java.util.Map;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.flink.types.Outcome;

/** Counts outcomes into a {@link Funnel}. Not thread-safe. */
final class FunnelCounts {

    private final Map<String, Long> duplicates = new HashMap<>();
    private final Map<String, Long> rejected = new HashMap<>();
    private final Map<String, Long> skipped = new HashMap<>();
    private final Map<String, Long> edits = new HashMap<>();
    private long read;
    private long accepted;
    private long deleted;

    void add(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            accepted++;
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            duplicates.merge(duplicate.kind().code(), 1L, Long::sum);
        } else if (outcome instanceof Outcome.Rejected filtered) {
            rejected.merge(filtered.reject().cause(), 1L, Long::sum);
        } else if (outcome instanceof Outcome.Refused refused) {
            rejected.merge(refused.letter().reason().code(), 1L, Long::sum);
        } else if (outcome instanceof Outcome.Skipped passed) {
            skipped.merge(passed.reason().code(), 1L, Long::sum);
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            // The other kind is no record of its own: the version that supersedes counts.
            deleted += withdrawal.change().kind() == DocumentChange.Kind.DELETED ? 1 : 0;
        } else if (outcome instanceof Outcome.Progress progress) {
            read += progress.read();
        } else if (outcome instanceof Outcome.Edited edited) {
            edited.edits().forEach((edit, count) -> edits.merge(edit, count, Long::sum));
        }
    }

    /** What was counted since the last call. */
    Funnel take() {
        Funnel funnel = new Funnel(read, accepted, duplicates, rejected, skipped, deleted, edits);
        duplicates.clear();
        rejected.clear();
        skipped.clear();
        edits.clear();
        read = 0;
        accepted = 0;
        deleted = 0;
        return funnel;
    }
}
