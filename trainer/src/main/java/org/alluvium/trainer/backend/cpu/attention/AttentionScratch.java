package org.alluvium.trainer.backend.cpu.attention;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.TileProducts;

/** What one thread needs beside the tensors to compute attention. Only the gradients of keys and values grow with T. */
@SuppressWarnings("ArrayRecordComponent") // memory, compared by nobody
public record AttentionScratch(
        Tile scores, // then probabilities
        Tile scoreGradients,
        Matrix accumulated, // (queries, D): the output, or the gradient of the queries
        Matrix keyGradients, // (T,D), with T up to whole tiles
        Matrix valueGradients, // likewise
        Operands operands,
        QueryStatistics statistics,
        int[] firstKeys) {

    private static final int QUERIES = TileProducts.QUERIES;
    private static final int KEYS = TileProducts.KEYS;

    /**
     * A tile (keys, queries).
     *
     * @param floats as a product wrote it, and what became of that where products read floats
     * @param rounded what became of it where products read BF16
     */
    record Tile(Matrix floats, Matrix rounded) {

        private static Tile allocate(Arena arena) {
            CpuTensor rounded = CpuTensor.allocate(arena, (long) KEYS * QUERIES, ElementType.BF16);
            return new Tile(matrix(arena, KEYS, QUERIES), Matrix.of(rounded, QUERIES));
        }

        /** What products read, from the column of a query on. */
        Matrix operand(ElementType type, int query) {
            return (type == ElementType.F32 ? floats : rounded).at(0, query);
        }
    }

    /** Copies of operands that do not lie in a tensor as products read them; D wide, of any type. */
    record Operands(Matrix queries, Matrix keys, Matrix values, Matrix outputGradients) {}

    /**
     * Of every query of a block.
     *
     * @param largest score so far
     * @param sums of exponentials relative to the largest
     * @param factors by which the sums so far have shrunk with the latest tile
     * @param logSumExps logarithms of the sums of all exponentials
     * @param deltas inner products of the outputs with their gradients
     */
    record QueryStatistics(
            MemorySegment largest,
            MemorySegment sums,
            MemorySegment factors,
            MemorySegment logSumExps,
            MemorySegment deltas) {}

    static AttentionScratch allocate(Arena arena, int context, int headSize) {
        return new AttentionScratch(
                Tile.allocate(arena),
                Tile.allocate(arena),
                matrix(arena, QUERIES, headSize),
                matrix(arena, whole(context), headSize),
                matrix(arena, whole(context), headSize),
                new Operands(
                        matrix(arena, QUERIES, headSize),
                        matrix(arena, KEYS, headSize),
                        matrix(arena, KEYS, headSize),
                        matrix(arena, QUERIES, headSize)),
                new QueryStatistics(queries(arena), queries(arena), queries(arena), queries(arena), queries(arena)),
                new int[QUERIES]);
    }

    /** What {@link #allocate} takes of the arena. */
    public static long bytes(AttentionShape shape) {
        long tiles = 2L * KEYS * QUERIES * (Float.BYTES + Short.BYTES);
        long rows = 3L * QUERIES + 2L * KEYS + 2L * whole(shape.context());
        return tiles + Float.BYTES * (5L * QUERIES + rows * shape.headSize());
    }

    /** As many keys as all tiles have. */
    private static int whole(int context) {
        return Math.ceilDiv(context, KEYS) * KEYS;
    }

    private static Matrix matrix(Arena arena, int rows, int columns) {
        return Matrix.of(CpuTensor.allocate(arena, (long) rows * columns), columns);
    }

    private static MemorySegment queries(Arena arena) {
        return CpuTensor.allocate(arena, QUERIES).segment();
    }

    boolean fits(AttentionShape shape) {
        return accumulated.stride() == shape.headSize()
                && keyGradients.segment().byteSize() >= (long) whole(shape.context()) * shape.headSize() * Float.BYTES;
    }
}
