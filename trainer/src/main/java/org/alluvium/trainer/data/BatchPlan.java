package org.alluvium.trainer.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.MismatchException;

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
 */
public record BatchPlan(
        long seed, int window, int heldOutPermille, int rows, int context, int accumulate, BatchRamp ramp) {

    /** A plan under which all steps are equally large. */
    public BatchPlan(long seed, int window, int heldOutPermille, int rows, int context, int accumulate) {
        this(seed, window, heldOutPermille, rows, context, accumulate, BatchRamp.NONE);
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
                                train.batchRamp().from(), train.batchRamp().steps()));
    }

    /** The same plan with another number of micro-batches, in every step. */
    public BatchPlan withAccumulate(int microBatches) {
        return new BatchPlan(seed, window, heldOutPermille, rows, context, microBatches);
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
        return keys;
    }
}
