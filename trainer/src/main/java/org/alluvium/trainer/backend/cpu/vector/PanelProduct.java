package org.alluvium.trainer.backend.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;

/**
 * Products with a packed right operand, in blocks (as Goto and van de Geijn, 2008): {@value #DEPTH} rows of a panel stay in
 * the first cache, as many columns of {@value #BLOCK_ROWS} rows of the left operand in the second. An instance keeps its
 * blocks and serves one thread.
 */
final class PanelProduct {

    /** A multiple of what {@link VectorKernel#ROWS} may be. */
    static final int BLOCK_ROWS = 96;

    private static final int DEPTH = 256;

    private final float[] left = new float[BLOCK_ROWS * DEPTH];
    private final float[] sums = new float[VectorKernel.ROWS * VectorKernel.COLUMNS];

    /** What an instance takes. */
    static long bytes() {
        return Float.BYTES * (BLOCK_ROWS * DEPTH + (long) VectorKernel.ROWS * VectorKernel.COLUMNS);
    }

    /** Panels {@code from} to {@code to - 1} of the right operand. */
    record Range(Panels panels, int from, int to) {}

    /** Factors of {@code c = alpha * product + beta * c}; with beta 0, c is not read. */
    record Factors(float alpha, float beta) {}

    /** How a block of the left operand lies in {@link #left}. */
    private record Block(boolean transposed, int height, int depth) {

        VectorKernel.Place place(int row, int rightOffset) {
            return transposed
                    ? new VectorKernel.Place(row, 1, BLOCK_ROWS, rightOffset)
                    : new VectorKernel.Place(row * DEPTH, DEPTH, 1, rightOffset);
        }
    }

    /**
     * Multiplies {@code rows} rows of op(a) with the columns of the range.
     *
     * @param transposed whether a is (k,m)
     * @param c where the first row and column of the whole result are
     */
    void multiply(Matrix a, boolean transposed, int rows, Range b, Factors factors, Matrix c) {
        Panels panels = b.panels();
        for (int row = 0; row < rows; row += BLOCK_ROWS) {
            int height = Math.min(BLOCK_ROWS, rows - row);
            for (int from = 0; from < panels.depth(); from += DEPTH) {
                Block block = new Block(transposed, height, Math.min(DEPTH, panels.depth() - from));
                copyLeft(transposed ? a.at(from, row) : a.at(row, from), block);
                Factors some = from == 0 ? factors : new Factors(factors.alpha(), 1f);
                for (int panel = b.from(); panel < b.to(); panel++) {
                    multiply(block, panels, panel, from, some, c.at(row, 0));
                }
            }
        }
    }

    private void multiply(Block block, Panels panels, int panel, int from, Factors factors, Matrix c) {
        int column = panel * VectorKernel.COLUMNS;
        int columns = Math.min(VectorKernel.COLUMNS, panels.columns() - column);
        for (int row = 0; row < block.height(); row += VectorKernel.ROWS) {
            VectorKernel.Place place = block.place(row, panels.offset(panel, from));
            VectorKernel.multiply(left, panels.values(), block.depth(), place, sums);
            store(c.at(row, column), Math.min(VectorKernel.ROWS, block.height() - row), columns, factors);
        }
    }

    private void store(Matrix c, int rows, int columns, Factors factors) {
        MemorySegment segment = c.segment();
        for (int i = 0; i < rows; i++) {
            long row = c.offset() + (long) i * c.stride();
            for (int j = 0; j < columns; j += Lanes.COUNT) {
                VectorMask<Float> mask = Lanes.first(columns - j);
                FloatVector value = FloatVector.fromArray(Lanes.SPECIES, sums, i * VectorKernel.COLUMNS + j)
                        .mul(factors.alpha());
                if (factors.beta() != 0) {
                    value = Lanes.load(segment, row + j, mask).fma(Lanes.broadcast(factors.beta()), value);
                }
                Lanes.store(value, segment, row + j, mask);
            }
        }
    }

    /** Rows of the left operand as they lie; what lies beyond them is read too, and its sums are not stored. */
    private void copyLeft(Matrix a, Block block) {
        int count = block.transposed() ? block.depth() : block.height();
        int length = block.transposed() ? block.height() : block.depth();
        int stride = block.transposed() ? BLOCK_ROWS : DEPTH;
        for (int i = 0; i < count; i++) {
            long at = (a.offset() + (long) i * a.stride()) * Float.BYTES;
            MemorySegment.copy(a.segment(), ValueLayout.JAVA_FLOAT, at, left, i * stride, length);
        }
    }
}
