package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/** Blocks of matrices, from one place and element type to another. */
final class Rows {

    private Rows() {}

    /** The block as floats: itself, or a copy in {@code scratch} where it holds another type. */
    static Matrix floats(Matrix block, int rows, int columns, Matrix scratch) {
        if (block.type() == ElementType.F32) {
            return block;
        }
        for (int i = 0; i < rows; i++) {
            long from = block.offset() + (long) i * block.stride();
            long into = scratch.offset() + (long) i * scratch.stride();
            widen(scratch.segment(), into, block.segment(), from, columns);
        }
        return scratch;
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

    /** The inner product of the first {@code columns} of a row of each, both floats. */
    static float dot(Matrix a, Matrix b, int row, int columns) {
        long left = a.offset() + (long) row * a.stride();
        long right = b.offset() + (long) row * b.stride();
        FloatVector sum = Lanes.zero();
        int bound = Lanes.bound(columns);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            sum = Lanes.load(a.segment(), left + i).fma(Lanes.load(b.segment(), right + i), sum);
        }
        if (bound < columns) {
            VectorMask<Float> tail = Lanes.first(columns - bound);
            FloatVector last = Lanes.load(a.segment(), left + bound, tail);
            sum = last.fma(Lanes.load(b.segment(), right + bound, tail), sum);
        }
        return Lanes.sum(sum);
    }
}
