package org.alluvium.trainer.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;

/**
 * The inner loop of a matrix product: the sums of {@link #ROWS} rows and two vectors of columns stay in registers, written
 * out because arrays of vectors are not kept there. Twelve rows fill 32 registers; machines of 8 lanes have 16 registers,
 * which six rows fill. Everything is in heap arrays: over other memory the compiler does not keep this many vectors. Nor does it where
 * a method of ours stands between the loop and the library's, once it is too long for the compiler to look into that.
 */
final class VectorKernel {

    /** Columns of a panel of the right operand. */
    static final int COLUMNS = 2 * Lanes.COUNT;

    private static final int HALF = 6;
    private static final boolean FULL = Lanes.COUNT != 8;

    /** Rows of one call. */
    static final int ROWS = FULL ? 2 * HALF : HALF;

    private VectorKernel() {}

    /**
     * Where the operands of a call lie: element (i, k) of the left one at {@code left[offset + i * rowStride + k *
     * depthStride]}, element (k, j) of the right one at {@code right[rightOffset + k * COLUMNS + j]}.
     */
    record Place(int offset, int rowStride, int depthStride, int rightOffset) {}

    /** {@code sums (ROWS, COLUMNS) = left right} over {@code depth}. */
    static void multiply(float[] left, float[] right, int depth, Place place, float[] sums) {
        if (FULL) {
            twelve(left, right, depth, place, sums);
        } else {
            six(left, right, depth, place, sums);
        }
    }

    private static void six(float[] left, float[] right, int depth, Place place, float[] sums) {
        FloatVector a0 = FloatVector.zero(Lanes.SPECIES), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
        FloatVector d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0;
        int row = place.rowStride();
        int next = place.depthStride();
        int l = place.offset();
        int r = place.rightOffset();
        for (int k = 0; k < depth; k++) {
            FloatVector first = FloatVector.fromArray(Lanes.SPECIES, right, r);
            FloatVector second = FloatVector.fromArray(Lanes.SPECIES, right, r + Lanes.COUNT);
            FloatVector x = FloatVector.broadcast(Lanes.SPECIES, left[l]);
            a0 = x.fma(first, a0);
            a1 = x.fma(second, a1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + row]);
            b0 = x.fma(first, b0);
            b1 = x.fma(second, b1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 2 * row]);
            c0 = x.fma(first, c0);
            c1 = x.fma(second, c1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 3 * row]);
            d0 = x.fma(first, d0);
            d1 = x.fma(second, d1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 4 * row]);
            e0 = x.fma(first, e0);
            e1 = x.fma(second, e1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 5 * row]);
            f0 = x.fma(first, f0);
            f1 = x.fma(second, f1);
            l += next;
            r += COLUMNS;
        }
        a0.intoArray(sums, 0 * COLUMNS);
        a1.intoArray(sums, 0 * COLUMNS + Lanes.COUNT);
        b0.intoArray(sums, 1 * COLUMNS);
        b1.intoArray(sums, 1 * COLUMNS + Lanes.COUNT);
        c0.intoArray(sums, 2 * COLUMNS);
        c1.intoArray(sums, 2 * COLUMNS + Lanes.COUNT);
        d0.intoArray(sums, 3 * COLUMNS);
        d1.intoArray(sums, 3 * COLUMNS + Lanes.COUNT);
        e0.intoArray(sums, 4 * COLUMNS);
        e1.intoArray(sums, 4 * COLUMNS + Lanes.COUNT);
        f0.intoArray(sums, 5 * COLUMNS);
        f1.intoArray(sums, 5 * COLUMNS + Lanes.COUNT);
    }

    private static void twelve(float[] left, float[] right, int depth, Place place, float[] sums) {
        FloatVector a0 = FloatVector.zero(Lanes.SPECIES), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
        FloatVector d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0;
        FloatVector g0 = a0, g1 = a0, h0 = a0, h1 = a0, i0 = a0, i1 = a0;
        FloatVector j0 = a0, j1 = a0, m0 = a0, m1 = a0, n0 = a0, n1 = a0;
        int row = place.rowStride();
        int next = place.depthStride();
        int l = place.offset();
        int r = place.rightOffset();
        for (int k = 0; k < depth; k++) {
            FloatVector first = FloatVector.fromArray(Lanes.SPECIES, right, r);
            FloatVector second = FloatVector.fromArray(Lanes.SPECIES, right, r + Lanes.COUNT);
            FloatVector x = FloatVector.broadcast(Lanes.SPECIES, left[l]);
            a0 = x.fma(first, a0);
            a1 = x.fma(second, a1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + row]);
            b0 = x.fma(first, b0);
            b1 = x.fma(second, b1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 2 * row]);
            c0 = x.fma(first, c0);
            c1 = x.fma(second, c1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 3 * row]);
            d0 = x.fma(first, d0);
            d1 = x.fma(second, d1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 4 * row]);
            e0 = x.fma(first, e0);
            e1 = x.fma(second, e1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 5 * row]);
            f0 = x.fma(first, f0);
            f1 = x.fma(second, f1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 6 * row]);
            g0 = x.fma(first, g0);
            g1 = x.fma(second, g1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 7 * row]);
            h0 = x.fma(first, h0);
            h1 = x.fma(second, h1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 8 * row]);
            i0 = x.fma(first, i0);
            i1 = x.fma(second, i1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 9 * row]);
            j0 = x.fma(first, j0);
            j1 = x.fma(second, j1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 10 * row]);
            m0 = x.fma(first, m0);
            m1 = x.fma(second, m1);
            x = FloatVector.broadcast(Lanes.SPECIES, left[l + 11 * row]);
            n0 = x.fma(first, n0);
            n1 = x.fma(second, n1);
            l += next;
            r += COLUMNS;
        }
        a0.intoArray(sums, 0 * COLUMNS);
        a1.intoArray(sums, 0 * COLUMNS + Lanes.COUNT);
        b0.intoArray(sums, 1 * COLUMNS);
        b1.intoArray(sums, 1 * COLUMNS + Lanes.COUNT);
        c0.intoArray(sums, 2 * COLUMNS);
        c1.intoArray(sums, 2 * COLUMNS + Lanes.COUNT);
        d0.intoArray(sums, 3 * COLUMNS);
        d1.intoArray(sums, 3 * COLUMNS + Lanes.COUNT);
        e0.intoArray(sums, 4 * COLUMNS);
        e1.intoArray(sums, 4 * COLUMNS + Lanes.COUNT);
        f0.intoArray(sums, 5 * COLUMNS);
        f1.intoArray(sums, 5 * COLUMNS + Lanes.COUNT);
        g0.intoArray(sums, 6 * COLUMNS);
        g1.intoArray(sums, 6 * COLUMNS + Lanes.COUNT);
        h0.intoArray(sums, 7 * COLUMNS);
        h1.intoArray(sums, 7 * COLUMNS + Lanes.COUNT);
        i0.intoArray(sums, 8 * COLUMNS);
        i1.intoArray(sums, 8 * COLUMNS + Lanes.COUNT);
        j0.intoArray(sums, 9 * COLUMNS);
        j1.intoArray(sums, 9 * COLUMNS + Lanes.COUNT);
        m0.intoArray(sums, 10 * COLUMNS);
        m1.intoArray(sums, 10 * COLUMNS + Lanes.COUNT);
        n0.intoArray(sums, 11 * COLUMNS);
        n1.intoArray(sums, 11 * COLUMNS + Lanes.COUNT);
    }
}
