package org.alluvium.trainer.data;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * Draws documents of earlier entries, to be trained on once more among new ones against forgetting. What is drawn for a window is
 * a function of seed, window and the log before the entry that the window begins in, which never changes: nothing is remembered,
 * and a resumed run draws the same. Frozen, as {@link WindowPermutation_v1} is. Used by one thread.
 *
 * <p>Entries are drawn with equal chances, however many documents they have. Since a writer commits at an interval, that is about
 * uniform over the time in which the log grew, as Li et al. (TiC-LM, arXiv 2504.02107) replay months of a web corpus. They fix a
 * share of the training tokens for older data, as is done here of a window's documents; where they draw documents, here it is runs
 * of up to {@value #RUN} rows of one shard, from a row drawn with equal chances on, since every shard that is opened is verified.
 *
 * <p>A drawn entry that has no rows for this run is drawn anew. Held-out documents and those that are too old are passed over. If the log holds too
 * little, fewer documents are drawn than were asked for.
 */
final class Replay_v1 implements WindowReader.Earlier {

    /** Most rows that are taken from one place. */
    private static final int RUN = 8;

    /** Draws that may fail for each document that is asked for. */
    private static final int PATIENCE = 16;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long SALT = 0x5DEECE66D1CE4E5BL;

    private final ShardLog log;
    private final ShardOpener shards;
    private final BatchPlan plan;
    private final HeldOutSplit split;
    private final List<String> families;
    private long state;

    Replay_v1(ShardLog log, ShardOpener shards, BatchPlan plan) {
        this.log = log;
        this.shards = shards;
        this.plan = plan;
        this.split = new HeldOutSplit(plan.heldOutPermille());
        this.families = plan.selection().familiesOf(log);
    }

    @Override
    public List<TrainingDocument> draw(long window, Position start, int count) {
        state = mix(mix(plan.seed() ^ SALT) + window * GOLDEN);
        List<TrainingDocument> drawn = new ArrayList<>(count);
        long draws = start.sequence() == 0 ? 0 : (long) PATIENCE * count;
        for (; drawn.size() < count && draws > 0; draws--) {
            LogEntry entry = log.read(below(start.sequence()));
            long place = next();
            if (entry instanceof LogEntry.Commit commit && rows(commit) > 0 && isRead(commit)) {
                take(
                        commit,
                        Math.unsignedMultiplyHigh(place, rows(commit)),
                        Math.min(RUN, count - drawn.size()),
                        drawn);
            }
        }
        return drawn;
    }

    private boolean isRead(LogEntry.Commit commit) {
        return families.isEmpty() || families.contains(Families.of(log, commit));
    }

    private static long rows(LogEntry.Commit commit) {
        return commit.shards().stream().mapToLong(ShardFile::rows).sum();
    }

    /** Takes documents from a row of the commit on, to the end of its shard at most. */
    private void take(LogEntry.Commit commit, long row, int most, List<TrainingDocument> drawn) {
        long before = row;
        int index = 0;
        while (before >= commit.shards().get(index).rows()) {
            before -= commit.shards().get(index).rows();
            index++;
        }
        try (ShardReader reader = shards.open(commit.shards().get(index))) {
            reader.skip(before);
            for (int taken = 0; taken < most && reader.hasNext(); taken++) {
                ShardRow found = reader.next();
                TrainingDocument document = TrainingDocument.replayed(found, commit, index, reader.position() - 1);
                if (!split.holdsOut(document.contentHash()) && !plan.selection().isTooOld(document)) {
                    drawn.add(document);
                }
            }
        }
    }

    private long below(long bound) {
        return Math.unsignedMultiplyHigh(next(), bound);
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
