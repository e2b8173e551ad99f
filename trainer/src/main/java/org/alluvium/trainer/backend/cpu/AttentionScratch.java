package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/** What one thread needs beside the tensors to compute attention. Only the gradients of keys and values grow with T. */
@SuppressWarnings("ArrayRecordComponent") // memory, compared by nobody
record AttentionScratch(
        Matrix scores, // (keys, queries): a tile of them, then of probabilities
        Matrix scoreGradients, // (keys, queries)
        Matrix accumulated, // (queries, D): the output, or the gradient of the queries
        Matrix keyGradients, // (T,D)
        Matrix valueGradients, // (T,D)
        Operands operands,
        QueryStatistics statistics,
        int[] firstKeys) {

    private static final int QUERIES = AttentionInput.QUERIES;
    private static final int KEYS = AttentionInput.KEYS;

    /** Copies of operands as floats, where tensors hold another type; D wide. */
    record Operands(Matrix queries, Matrix keys, Matrix values, Matrix outputs, Matrix outputGradients) {}

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
                matrix(arena, KEYS, QUERIES),
                matrix(arena, KEYS, QUERIES),
                matrix(arena, QUERIES, headSize),
                matrix(arena, context, headSize),
                matrix(arena, context, headSize),
                new Operands(
                        matrix(arena, QUERIES, headSize),
                        matrix(arena, KEYS, headSize),
                        matrix(arena, KEYS, headSize),
                        matrix(arena, QUERIES, headSize),
                        matrix(arena, QUERIES, headSize)),
                new QueryStatistics(queries(arena), queries(arena), queries(arena), queries(arena), queries(arena)),
                new int[QUERIES]);
    }

    /** What {@link #allocate} takes of the arena. */
    static long bytes(AttentionShape shape) {
        long tiles = 2L * KEYS * QUERIES + 5L * QUERIES;
        long rows = 4L * QUERIES + 2L * KEYS + 2L * shape.context();
        return Float.BYTES * (tiles + rows * shape.headSize());
    }

    private static Matrix matrix(Arena arena, int rows, int columns) {
        return Matrix.of(CpuTensor.allocate(arena, (long) rows * columns), columns);
    }

    private static MemorySegment queries(Arena arena) {
        return CpuTensor.allocate(arena, QUERIES).segment();
    }

    boolean fits(AttentionShape shape) {
        return accumulated.stride() == shape.headSize()
                && keyGradients.segment().byteSize() >= (long) shape.context() * shape.headSize() * Float.BYTES;
    }
}
