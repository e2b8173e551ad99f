package org.alluvium.trainer.backend.cpu.attention;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.cpu.memory.CpuIndices;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.TileProducts;

/**
 * What attention reads in both directions, and how it is cut: {@value TileProducts#QUERIES} queries at a time against
 * {@value TileProducts#KEYS} keys at a time, from the tile of the first key that any of these queries may see. Tiles of other documents
 * and of the future are never touched, and no scores exist but those of one tile. Tiles are always whole: behind the end of
 * a row there are zeros, which are hidden like what lies ahead.
 *
 * @param packed (N,(H+2G)D), of any type
 * @param logSumExp (B,H,T)
 */
record AttentionInput(AttentionShape shape, CpuIndices documentStart, CpuTensor packed, MemorySegment logSumExp) {

    /**
     * Queries {@code from .. end - 1} of a row of the batch, of which one sees keys of the tile at {@code firstTile}, and all
     * of them those from {@code commonKey} on, up to their own.
     */
    record Block(int row, int from, int end, int firstTile, int commonKey) {

        int queries() {
            return end - from;
        }

        /** Queries that see nothing of the tile that begins at {@code key}, as it is ahead of them. */
        int blind(int key) {
            return Math.max(0, key - from);
        }

        /** How many keys of the row the tile has that begins at {@code key}. */
        int keys(int key) {
            return Math.min(TileProducts.KEYS, end - key);
        }
    }

    /** The block that begins at {@code from}, and in {@code firstKeys} what its queries see first; nothing beyond its end. */
    Block block(int row, int from, int[] firstKeys) {
        int end = Math.min(from + TileProducts.QUERIES, shape.context());
        int first = from;
        int common = 0;
        Arrays.fill(firstKeys, Integer.MAX_VALUE);
        for (int t = from; t < end; t++) {
            int start = documentStart.get(row * shape.context() + t);
            firstKeys[t - from] = start;
            first = Math.min(first, start);
            common = Math.max(common, start);
        }
        return new Block(row, from, end, first - first % TileProducts.KEYS, common);
    }

    /** Where the statistic of query {@code t} lies in {@link #logSumExp}. */
    long statistic(int row, int head, int t) {
        return ((long) row * shape.heads() + head) * shape.context() + t;
    }

    /** The row of (N,...) tensors in which position {@code t} lies. */
    long token(int row, int t) {
        return (long) row * shape.context() + t;
    }

    Matrix queries(int row, int t, int head) {
        return packed(row, t, head * shape.headSize());
    }

    Matrix keys(int row, int t, int kvHead) {
        return packed(row, t, shape.keyOffset(kvHead));
    }

    Matrix values(int row, int t, int kvHead) {
        return packed(row, t, shape.valueOffset(kvHead));
    }

    private Matrix packed(int row, int t, int column) {
        return Matrix.of(packed, shape.packedWidth()).at(token(row, t), column);
    }

    /** What scores are multiplied by. */
    float scale() {
        return (float) (1 / Math.sqrt(shape.headSize()));
    }
}
