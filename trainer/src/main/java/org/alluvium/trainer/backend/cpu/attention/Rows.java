package org.alluvium.trainer.backend.cpu.attention;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;

/** Blocks of matrices, from one place and element type to another. */
final class Rows {

    private Rows() {}

    /**
     * The block as an operand of {@code whole} rows of the type of {@code copy}: itself, or where it holds another type or fewer
     * rows, a copy with zeros behind it.
     *
     * @param copy as wide as the block, and as large as the operand
     */
    static Matrix operand(Matrix block, int rows, int whole, Matrix copy) {
        if (block.type() == copy.type() && rows == whole) {
            return block;
        }
        int columns = copy.stride();
        for (int i = 0; i < rows; i++) {
            copy(copy.at(i, 0), block.at(i, 0), columns);
        }
        long begin = copy.at(rows, 0).address() - copy.segment().address();
        long end = copy.at(whole, 0).address() - copy.segment().address();
        copy.segment().asSlice(begin, end - begin).fill((byte) 0);
        return copy;
    }

    private static void copy(Matrix into, Matrix from, int columns) {
        if (from.type() == into.type()) {
            int bytes = from.type().bytes();
            MemorySegment.copy(
                    from.segment(),
                    from.offset() * bytes,
                    into.segment(),
                    into.offset() * bytes,
                    (long) columns * bytes);
        } else if (from.type() == ElementType.BF16) {
            widen(into.segment(), into.offset(), from.segment(), from.offset(), columns);
        } else {
            narrow(into.segment(), into.offset(), from.segment(), from.offset(), columns, 1f);
        }
    }

    /** {@code into = from * factor} for the first {@code columns} of row {@code row}, rounded to the type of {@code into}. */
    static void scale(Matrix into, Matrix from, int row, int columns, float factor) {
        long target = into.offset() + (long) row * into.stride();
        long source = from.offset() + (long) row * from.stride();
        if (into.type() == ElementType.F32) {
            scale(into.segment(), target, from.segment(), source, columns, factor);
        } else {
            narrow(into.segment(), target, from.segment(), source, columns, factor);
        }
    }

    private static void widen(MemorySegment floats, long into, MemorySegment halves, long from, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.loadBf16(halves, from + i), floats, into + i);
        }
        if (bound < count) {
            VectorMask<Float> tail = Lanes.first(count - bound);
            Lanes.store(Lanes.loadBf16(halves, from + bound, tail), floats, into + bound, tail);
        }
    }

    private static void narrow(
            MemorySegment halves, long into, MemorySegment floats, long from, int count, float factor) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.storeBf16(Lanes.load(floats, from + i).mul(factor), halves, into + i);
        }
        if (bound < count) {
            VectorMask<Float> tail = Lanes.first(count - bound);
            Lanes.storeBf16(Lanes.load(floats, from + bound, tail).mul(factor), halves, into + bound, tail);
        }
    }

    private static void scale(
            MemorySegment into, long target, MemorySegment from, long source, int count, float factor) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(from, source + i).mul(factor), into, target + i);
        }
        if (bound < count) {
            VectorMask<Float> tail = Lanes.first(count - bound);
            Lanes.store(Lanes.load(from, source + bound, tail).mul(factor), into, target + bound, tail);
        }
    }

    /** The inner product of the first {@code columns} of a row of each. */
    static float dot(Matrix a, Matrix b, int row, int columns) {
        long left = a.offset() + (long) row * a.stride();
        long right = b.offset() + (long) row * b.stride();
        Elements as = new Elements(a.segment(), a.type() == ElementType.BF16);
        Elements bs = new Elements(b.segment(), b.type() == ElementType.BF16);
        FloatVector sum = Lanes.zero();
        int bound = Lanes.bound(columns);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            sum = as.load(left + i).fma(bs.load(right + i), sum);
        }
        if (bound < columns) {
            VectorMask<Float> tail = Lanes.first(columns - bound);
            sum = as.load(left + bound, tail).fma(bs.load(right + bound, tail), sum);
        }
        return Lanes.sum(sum.add(0f));
    }
}
