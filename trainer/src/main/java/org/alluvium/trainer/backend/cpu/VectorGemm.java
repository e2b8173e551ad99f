package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A matrix product in the Vector API, for platforms without a native library. Blocks of both operands are packed into
 * heap arrays in the order in which the inner loop reads them (as Goto and van de Geijn, 2008): panels of
 * {@value #ROWS} rows of op(a), and panels of two vectors of columns of op(b). An instance keeps its panels and serves one
 * thread.
 */
final class VectorGemm implements Gemm {

    private static final int ROWS = 6; // 6 x 2 sums, 2 columns and 1 row element fit 16 vector registers
    private static final int COLUMNS = 2 * Lanes.COUNT;
    private static final int DEPTH = 256; // k of a block: a panel of b is 32 KiB at 16 lanes
    private static final int BLOCK_ROWS = 16 * ROWS;

    private final float[] left = new float[BLOCK_ROWS * DEPTH];
    private final float[] right = new float[COLUMNS * DEPTH];
    private final float[] sums = new float[ROWS * COLUMNS];

    @Override
    public void multiply(Form form, Extent extent, float alpha, Matrix a, Matrix b, float beta, Matrix c) {
        for (int from = 0; from < extent.k(); from += DEPTH) {
            int depth = Math.min(DEPTH, extent.k() - from);
            float keep = from == 0 ? beta : 1f;
            for (int row = 0; row < extent.m(); row += BLOCK_ROWS) {
                int rows = Math.min(BLOCK_ROWS, extent.m() - row);
                packLeft(form, a, row, rows, from, depth, alpha);
                for (int column = 0; column < extent.n(); column += COLUMNS) {
                    int columns = Math.min(COLUMNS, extent.n() - column);
                    packRight(form, b, column, columns, from, depth);
                    for (int panel = 0; panel < rows; panel += ROWS) {
                        innerProducts(left, panel * depth, right, depth, sums);
                        store(c.at(row + panel, column), Math.min(ROWS, rows - panel), columns, keep);
                    }
                }
            }
        }
    }

    private void packLeft(Form form, Matrix a, int row, int rows, int from, int depth, float alpha) {
        for (int panel = 0; panel < rows; panel += ROWS) {
            for (int k = 0; k < depth; k++) {
                for (int i = 0; i < ROWS; i++) {
                    int at = row + panel + i;
                    float value = panel + i >= rows ? 0 : alpha * element(a, form == Form.TN, at, from + k);
                    left[panel * depth + k * ROWS + i] = value;
                }
            }
        }
    }

    private void packRight(Form form, Matrix b, int column, int columns, int from, int depth) {
        for (int k = 0; k < depth; k++) {
            for (int j = 0; j < COLUMNS; j++) {
                float value = j >= columns ? 0 : element(b, form == Form.NT, from + k, column + j);
                right[k * COLUMNS + j] = value;
            }
        }
    }

    private static float element(Matrix matrix, boolean transposed, int row, int column) {
        long at = transposed ? (long) column * matrix.stride() + row : (long) row * matrix.stride() + column;
        return Scalars.get(matrix.segment(), matrix.offset() + at);
    }

    /** Twelve sums in registers, written out because arrays of vectors are not kept there. */
    private static void innerProducts(float[] left, int leftOffset, float[] right, int depth, float[] sums) {
        FloatVector a0 = Lanes.zero(), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
        FloatVector d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0;
        int l = leftOffset;
        for (int k = 0; k < depth; k++) {
            FloatVector first = FloatVector.fromArray(Lanes.SPECIES, right, k * COLUMNS);
            FloatVector second = FloatVector.fromArray(Lanes.SPECIES, right, k * COLUMNS + Lanes.COUNT);
            FloatVector x = Lanes.broadcast(left[l]);
            a0 = x.fma(first, a0);
            a1 = x.fma(second, a1);
            x = Lanes.broadcast(left[l + 1]);
            b0 = x.fma(first, b0);
            b1 = x.fma(second, b1);
            x = Lanes.broadcast(left[l + 2]);
            c0 = x.fma(first, c0);
            c1 = x.fma(second, c1);
            x = Lanes.broadcast(left[l + 3]);
            d0 = x.fma(first, d0);
            d1 = x.fma(second, d1);
            x = Lanes.broadcast(left[l + 4]);
            e0 = x.fma(first, e0);
            e1 = x.fma(second, e1);
            x = Lanes.broadcast(left[l + 5]);
            f0 = x.fma(first, f0);
            f1 = x.fma(second, f1);
            l += ROWS;
        }
        intoRow(a0, a1, sums, 0);
        intoRow(b0, b1, sums, 1);
        intoRow(c0, c1, sums, 2);
        intoRow(d0, d1, sums, 3);
        intoRow(e0, e1, sums, 4);
        intoRow(f0, f1, sums, 5);
    }

    private static void intoRow(FloatVector first, FloatVector second, float[] sums, int row) {
        first.intoArray(sums, row * COLUMNS);
        second.intoArray(sums, row * COLUMNS + Lanes.COUNT);
    }

    private void store(Matrix c, int rows, int columns, float beta) {
        MemorySegment segment = c.segment();
        for (int i = 0; i < rows; i++) {
            long row = c.offset() + (long) i * c.stride();
            for (int j = 0; j < columns; j += Lanes.COUNT) {
                VectorMask<Float> mask = Lanes.first(columns - j);
                FloatVector value = FloatVector.fromArray(Lanes.SPECIES, sums, i * COLUMNS + j);
                if (beta != 0) {
                    value = Lanes.load(segment, row + j, mask).fma(Lanes.broadcast(beta), value);
                }
                Lanes.store(value, segment, row + j, mask);
            }
        }
    }
}
