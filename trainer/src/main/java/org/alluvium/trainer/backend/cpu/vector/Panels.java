package org.alluvium.trainer.backend.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;

/**
 * A right operand (k,n) of {@link VectorKernel}, packed: {@link VectorKernel#COLUMNS} columns after another, and within them
 * row by row. Columns that are missing in the last panel are 0.
 */
final class Panels {

    private static final int COLUMNS = VectorKernel.COLUMNS;

    private final int depth;
    private final int columns;
    private final float[] values;

    /** Packs into {@code values}, which has at least {@link #size} elements. */
    Panels(int depth, int columns, float[] values) {
        this.depth = depth;
        this.columns = columns;
        this.values = values;
    }

    static int size(int depth, int columns) {
        return Math.multiplyExact(depth, Math.ceilDiv(columns, COLUMNS) * COLUMNS);
    }

    int depth() {
        return depth;
    }

    int columns() {
        return columns;
    }

    int count() {
        return Math.ceilDiv(columns, COLUMNS);
    }

    float[] values() {
        return values;
    }

    /** Where row {@code k} of a panel begins. */
    int offset(int panel, int k) {
        return (panel * depth + k) * COLUMNS;
    }

    /** Packs one panel of a matrix (k,n), or of the transpose of a matrix (n,k). */
    void pack(int panel, Matrix matrix, boolean transposed) {
        int width = Math.min(COLUMNS, columns - panel * COLUMNS);
        if (transposed) {
            packTransposed(panel, width, matrix.at((long) panel * COLUMNS, 0));
        } else {
            packPlain(panel, width, matrix.at(0, (long) panel * COLUMNS));
        }
    }

    private void packPlain(int panel, int width, Matrix from) {
        MemorySegment segment = from.segment();
        for (int k = 0; k < depth; k++) {
            long at = (from.offset() + (long) k * from.stride()) * Float.BYTES;
            MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, at, values, offset(panel, k), width);
            zero(panel, k, width);
        }
    }

    private void packTransposed(int panel, int width, Matrix from) {
        MemorySegment segment = from.segment();
        for (int j = 0; j < width; j++) {
            long row = from.offset() + (long) j * from.stride();
            for (int k = 0; k < depth; k++) {
                values[offset(panel, k) + j] = Scalars.get(segment, row + k);
            }
        }
        for (int k = 0; k < depth; k++) {
            zero(panel, k, width);
        }
    }

    private void zero(int panel, int k, int width) {
        for (int j = width; j < COLUMNS; j++) {
            values[offset(panel, k) + j] = 0;
        }
    }
}
