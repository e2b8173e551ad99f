package org.alluvium.trainer.data;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.FamilyFollower;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;

/**
 * Everything besides the documents that decides what a step is made of. Two runs with equal plans on the same documents
 * see the same batches; a run cannot go on under another plan than it began with.
 *
 * @param seed of the shuffle
 * @param window documents that are shuffled among each other
 * @param heldOutPermille documents in a thousand that are left out
 * @param rows B, rows of a micro-batch
 * @param context T, tokens of a row
 * @param accumulate micro-batches of a step
 * @param ramp how many a step has at first
 * @param selection which documents there are
 */
public record BatchPlan(
        long seed,
        int window,
        int heldOutPermille,
        int rows,
        int context,
        int accumulate,
        BatchRamp ramp,
        Selection selection) {

    /** A plan under which all steps are equally large, and made of the documents of one family. */
    public BatchPlan(long seed, int window, int heldOutPermille, int rows, int context, int accumulate) {
        this(seed, window, heldOutPermille, rows, context, accumulate, BatchRamp.NONE, Selection.DEFAULT);
    }

    /** The plan of a configuration. */
    public static BatchPlan of(TrainConfig train, int context) {
        return new BatchPlan(
                train.seed(),
                train.shuffleWindow(),
                train.eval().heldOutPermille(),
                train.batch(),
                context,
                train.accumulate(),
                train.batchRamp().steps() == 0
                        ? BatchRamp.NONE
                        : new BatchRamp(
                                train.batchRamp().from(), train.batchRamp().steps()),
                Selection.of(train));
    }

    /** The same plan with another number of micro-batches, in every step. */
    public BatchPlan withAccumulate(int microBatches) {
        return new BatchPlan(seed, window, heldOutPermille, rows, context, microBatches, BatchRamp.NONE, selection);
    }

    /** Input tokens of a full step, after the ramp. */
    public int tokensPerStep() {
        return Math.multiplyExact(Math.multiplyExact(rows, context), accumulate);
    }

    /** Input tokens of a full step of this number, from 1. */
    int tokensOfStep(long step) {
        return rows * context * ramp.microBatches(step, accumulate);
    }

    /**
     * Checks that a run that was begun under {@code begun} can go on under this plan.
     *
     * @throws MismatchException naming every key that differs, with both values
     */
    public void requireSameAs(BatchPlan begun, String where) {
        Map<String, Object> before = begun.keys();
        Map<String, Object> now = keys();
        StringBuilder differences = new StringBuilder();
        before.forEach((key, value) -> {
            if (!value.equals(now.get(key))) {
                differences.append(differences.isEmpty() ? "" : ", ");
                differences.append(key + " was " + value + " and is now " + now.get(key));
            }
        });
        if (!differences.isEmpty()) {
            throw new MismatchException(
                    "the run was begun with another order of documents: " + differences,
                    where,
                    "Set the old values to go on with this run, or another train.run to begin a new one");
        }
    }

    /**
     * Checks that a run goes on as if it had always read the families that this plan names: either they are those of before, or
     * those that were added or left out begin behind the cursor.
     *
     * @throws MismatchException naming the first entry that was read, or passed over, and would not be now
     */
    public void requireSameFamilies(BatchPlan begun, Cursor cursor, ShardLog log, String where) {
        List<String> before = begun.selection.familiesOf(log);
        List<String> now = selection.familiesOf(log);
        if (Set.copyOf(before).equals(Set.copyOf(now))) {
            return;
        }
        FamilyFollower follower = FamilyFollower.fromStart();
        for (long sequence = 0; cursor.isBeyond(sequence); sequence++) {
            LogEntry entry = log.read(sequence);
            String family = follower.next(entry);
            boolean counts = entry instanceof LogEntry.Commit commit
                    && (commit.endOfInput() || !commit.shards().isEmpty());
            if (counts && before.contains(family) != now.contains(family)) {
                throw new MismatchException(
                        "train.families was " + before + " and is now " + now + ", and the run is past log entry "
                                + sequence + ", which is of family '" + family + "'",
                        where,
                        "Set train.families: [" + String.join(", ", before)
                                + "] to go on with this run, or another train.run to begin a new one");
            }
        }
    }

    private Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("train.seed", seed);
        keys.put("train.shuffleWindow", window);
        keys.put("train.eval.heldOutPermille", heldOutPermille);
        keys.put("train.batch", rows);
        keys.put("model.context", context);
        keys.put("train.accumulate", accumulate);
        keys.put("train.batchRamp.from", ramp.from());
        keys.put("train.batchRamp.steps", ramp.steps());
        keys.put("train.replay.share", selection.replayShare());
        keys.put("train.freshness.maxAge", Duration.ofMillis(selection.maxAgeMillis()));
        return keys;
    }
}
