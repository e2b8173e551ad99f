package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.alluvium.trainer.backend.cpu.AttentionInput.Block;

/**
 * Softmax on a tile of attention scores. A row of the tile holds the scores of one key, so that each lane of a vector is a
 * query of its own and nothing is summed across lanes. Where a tile has scores that a query may not see, these are
 * overwritten before and after: masks inside the loops cost as much as the exponential.
 *
 * @param key the first of the tile
 * @param keys rows of the tile
 */
record ScoreTile(AttentionScratch scratch, Block block, int key, int keys) {

    private static final VectorSpecies<Integer> INTS = Lanes.SPECIES.withLanes(int.class);
    private static final IntVector IOTA = IntVector.zero(INTS).addIndex(1);
    private static final int STRIDE = AttentionInput.QUERIES;

    /**
     * Turns scores into exponentials relative to the largest of each query so far, 0 for what it may not see, and brings
     * the statistics up to date.
     *
     * @return whether what was accumulated so far must shrink
     */
    boolean forward() {
        MemorySegment scores = scratch.scores().segment();
        hide(scores, -Float.MAX_VALUE);
        boolean shrinks = false;
        for (int query = block.blind(key); query < block.queries(); query += Lanes.COUNT) {
            shrinks |= forward(scores, query);
        }
        hide(scores, 0);
        return shrinks;
    }

    /** A query that sees nothing yet sums ones relative to the smallest number, which vanish with its first real score. */
    private boolean forward(MemorySegment scores, int query) {
        FloatVector before = Lanes.load(scratch.statistics().largest(), query);
        FloatVector largest = before;
        for (int k = 0; k < keys; k++) {
            largest = Lanes.larger(largest, Lanes.load(scores, (long) k * STRIDE + query));
        }
        FloatVector sum = Lanes.zero();
        for (int k = 0; k < keys; k++) {
            long at = (long) k * STRIDE + query;
            FloatVector exponential = Lanes.exp(Lanes.load(scores, at).sub(largest));
            Lanes.store(exponential, scores, at);
            sum = sum.add(exponential);
        }
        FloatVector factor = Lanes.exp(before.sub(largest));
        FloatVector sums = Lanes.load(scratch.statistics().sums(), query);
        Lanes.store(sums.fma(factor, sum), scratch.statistics().sums(), query);
        Lanes.store(factor, scratch.statistics().factors(), query);
        Lanes.store(largest, scratch.statistics().largest(), query);
        return largest.compare(VectorOperators.NE, before).anyTrue();
    }

    /** Turns scores into probabilities p, and their gradients g into {@code p * (g - delta) * scale}. */
    void backward(float scale) {
        MemorySegment scores = scratch.scores().segment();
        MemorySegment gradients = scratch.scoreGradients().segment();
        for (int query = block.blind(key); query < block.queries(); query += Lanes.COUNT) {
            FloatVector logSumExp = Lanes.load(scratch.statistics().logSumExps(), query);
            FloatVector delta = Lanes.load(scratch.statistics().deltas(), query);
            for (int k = 0; k < keys; k++) {
                long at = (long) k * STRIDE + query;
                FloatVector probability = Lanes.exp(Lanes.load(scores, at).sub(logSumExp));
                Lanes.store(probability, scores, at);
                FloatVector difference = Lanes.load(gradients, at).sub(delta);
                Lanes.store(probability.mul(scale).mul(difference), gradients, at);
            }
        }
        hide(scores, 0);
        hide(gradients, 0);
    }

    /** Overwrites what queries may not see: keys of other documents, and keys after their own. */
    private void hide(MemorySegment tile, float value) {
        if (block.commonKey() <= key && key + keys <= block.from() + 1) {
            return;
        }
        for (int query = block.blind(key); query < block.queries(); query += Lanes.COUNT) {
            IntVector first =
                    IntVector.fromArray(INTS, scratch.firstKeys(), query).sub(key);
            IntVector last = IOTA.add(block.from() + query - key);
            for (int k = 0; k < keys; k++) {
                VectorMask<Integer> hidden =
                        first.compare(VectorOperators.GT, k).or(last.compare(VectorOperators.LT, k));
                Lanes.store(Lanes.broadcast(value), tile, (long) k * STRIDE + query, hidden.cast(Lanes.SPECIES));
            }
        }
    }
}
