package org.alluvium.trainer.backend.cpu.attention;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.attention.AttentionInput.Block;
import org.alluvium.trainer.backend.cpu.lanes.FlatKernels;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.TileProducts;

/**
 * Softmax on a tile of attention scores. A row of the tile holds the scores of one key, so that each lane of a vector is a
 * query of its own and nothing is summed across lanes. Where a tile has scores that a query may not see, these are
 * overwritten before and after: masks inside the loops cost as much as the exponential. Everything is computed in FP32;
 * what products read next is rounded to their type, and sums are of what was not rounded yet.
 *
 * @param key the first of the tile
 * @param type of what products read
 * @param scale what scores are multiplied by
 */
record ScoreTile(AttentionScratch scratch, Block block, int key, ElementType type, float scale) {

    private static final VectorSpecies<Integer> INTS = Lanes.SPECIES.withLanes(int.class);
    private static final IntVector IOTA = IntVector.zero(INTS).addIndex(1);
    private static final int STRIDE = TileProducts.QUERIES;
    private static final int END = TileProducts.KEYS * STRIDE;

    /**
     * Turns scores into exponentials relative to the largest of each query so far, 0 for what it may not see, and brings
     * the statistics up to date.
     *
     * @return whether what was accumulated so far must shrink
     */
    boolean forward() {
        Matrix scores = scratch.scores().floats();
        hide(scores.segment(), -Float.MAX_VALUE);
        boolean shrinks = false;
        for (int query = block.blind(key); query < STRIDE; query += Lanes.COUNT) {
            shrinks |= forward(scores.segment(), query);
        }
        hide(scores.segment(), 0);
        round(scratch.scores());
        return shrinks;
    }

    private boolean forward(MemorySegment scores, int query) {
        boolean shrinks = raise(scores, query);
        exponentiate(scores, query);
        return shrinks;
    }

    /**
     * Takes over the largest scores, and scales the sums so far by what that makes of them. A query that sees nothing yet sums
     * ones relative to the smallest number, which vanish with its first real score. No vector is handed to or from a method with
     * a loop: where the compiler does not inline such a method, each of its rounds would leave a vector on the heap.
     */
    private boolean raise(MemorySegment scores, int query) {
        FloatVector largest = Lanes.load(scratch.statistics().largest(), query);
        for (int at = query; at < END; at += STRIDE) {
            largest = Lanes.larger(largest, Lanes.load(scores, at));
        }
        FloatVector before = Lanes.load(scratch.statistics().largest(), query);
        Lanes.store(largest, scratch.statistics().largest(), query);
        FloatVector factor = Lanes.exp(before.sub(largest).mul(scale));
        Lanes.store(factor, scratch.statistics().factors(), query);
        FloatVector sums = Lanes.load(scratch.statistics().sums(), query).mul(factor);
        Lanes.store(sums, scratch.statistics().sums(), query);
        return largest.compare(VectorOperators.NE, before).anyTrue();
    }

    private void exponentiate(MemorySegment scores, int query) {
        FloatVector largest = Lanes.load(scratch.statistics().largest(), query);
        FloatVector sum = Lanes.load(scratch.statistics().sums(), query);
        for (int at = query; at < END; at += STRIDE) {
            FloatVector exponential =
                    Lanes.exp(Lanes.load(scores, at).sub(largest).mul(scale));
            Lanes.store(exponential, scores, at);
            sum = sum.add(exponential);
        }
        Lanes.store(sum, scratch.statistics().sums(), query);
    }

    /** Turns scores into probabilities p, and their gradients g into {@code p * (g - delta) * scale}. */
    void backward() {
        MemorySegment scores = scratch.scores().floats().segment();
        MemorySegment gradients = scratch.scoreGradients().floats().segment();
        for (int query = block.blind(key); query < STRIDE; query += Lanes.COUNT) {
            backward(scores, gradients, query);
        }
        hide(scores, 0);
        hide(gradients, 0);
        round(scratch.scores());
        round(scratch.scoreGradients());
    }

    private void backward(MemorySegment scores, MemorySegment gradients, int query) {
        FloatVector logSumExp = Lanes.load(scratch.statistics().logSumExps(), query);
        FloatVector delta = Lanes.load(scratch.statistics().deltas(), query);
        for (int at = query; at < END; at += STRIDE) {
            FloatVector probability =
                    Lanes.exp(Lanes.load(scores, at).mul(scale).sub(logSumExp));
            Lanes.store(probability, scores, at);
            FloatVector difference = Lanes.load(gradients, at).sub(delta);
            Lanes.store(probability.mul(scale).mul(difference), gradients, at);
        }
    }

    private void round(AttentionScratch.Tile tile) {
        if (type == ElementType.BF16) {
            FlatKernels.round(tile.rounded().segment(), tile.floats().segment(), 0, END);
        }
    }

    /** Overwrites what queries may not see: keys of other documents, keys after their own, and what is behind the row. */
    private void hide(MemorySegment tile, float value) {
        if (block.commonKey() <= key && key + TileProducts.KEYS <= block.from() + 1) {
            return;
        }
        for (int query = block.blind(key); query < STRIDE; query += Lanes.COUNT) {
            IntVector first =
                    IntVector.fromArray(INTS, scratch.firstKeys(), query).sub(key);
            IntVector last = IOTA.add(block.from() + query - key);
            for (int k = 0; k < TileProducts.KEYS; k++) {
                VectorMask<Integer> hidden =
                        first.compare(VectorOperators.GT, k).or(last.compare(VectorOperators.LT, k));
                Lanes.store(Lanes.broadcast(value), tile, (long) k * STRIDE + query, hidden.cast(Lanes.SPECIES));
            }
        }
    }
}
