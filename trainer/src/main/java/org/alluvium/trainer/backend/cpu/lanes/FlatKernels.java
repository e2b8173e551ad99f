package org.alluvium.trainer.backend.cpu.lanes;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** Loops over ranges of elements. */
public final class FlatKernels {

    private FlatKernels() {}

    /** {@code into += from} for {@code count} elements. */
    public static void add(MemorySegment into, long intoOffset, MemorySegment from, long fromOffset, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector sum = Lanes.load(into, intoOffset + i).add(Lanes.load(from, fromOffset + i));
            Lanes.store(sum, into, intoOffset + i);
        }
        if (bound < count) {
            VectorMask<Float> tail = Lanes.first(count - bound);
            FloatVector sum =
                    Lanes.load(into, intoOffset + bound, tail).add(Lanes.load(from, fromOffset + bound, tail));
            Lanes.store(sum, into, intoOffset + bound, tail);
        }
    }

    /** Copies elements {@code from} to {@code to}, converting between types. */
    public static void copy(CpuTensor destination, CpuTensor source, long from, long to) {
        MemorySegment into = destination.segment();
        MemorySegment out = source.segment();
        if (destination.type() == source.type()) {
            int bytes = source.type().bytes();
            MemorySegment.copy(out, from * bytes, into, from * bytes, (to - from) * bytes);
        } else if (source.type() == ElementType.F32) {
            round(into, out, from, to);
        } else {
            widen(into, out, from, to);
        }
    }

    /** Rounds floats {@code from} to {@code to} to BF16 at the same place. */
    public static void round(MemorySegment halves, MemorySegment floats, long from, long to) {
        long i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            Lanes.storeBf16(Lanes.load(floats, i), halves, i);
        }
        if (i < to) {
            VectorMask<Float> tail = Lanes.first((int) (to - i));
            Lanes.storeBf16(Lanes.load(floats, i, tail), halves, i, tail);
        }
    }

    private static void widen(MemorySegment floats, MemorySegment halves, long from, long to) {
        long i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            Lanes.store(Lanes.loadBf16(halves, i), floats, i);
        }
        if (i < to) {
            VectorMask<Float> tail = Lanes.first((int) (to - i));
            Lanes.store(Lanes.loadBf16(halves, i, tail), floats, i, tail);
        }
    }

    /** {@code into += share * (target - into)}. */
    public static void approach(MemorySegment into, MemorySegment target, float share, long from, long to) {
        for (long i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.first((int) Math.min(to - i, Lanes.COUNT));
            FloatVector old = Lanes.load(into, i, inside);
            FloatVector distance = Lanes.load(target, i, inside).sub(old);
            Lanes.store(distance.fma(Lanes.broadcast(share), old), into, i, inside);
        }
    }

    /** Four sums side by side, so that neither the latency of an addition nor its rounding adds up. */
    public static double sumOfSquares(MemorySegment values, long from, long to) {
        FloatVector a = Lanes.zero();
        FloatVector b = Lanes.zero();
        FloatVector c = Lanes.zero();
        FloatVector d = Lanes.zero();
        long i = from;
        for (; i <= to - 4L * Lanes.COUNT; i += 4L * Lanes.COUNT) {
            FloatVector x = Lanes.load(values, i);
            a = x.fma(x, a);
            x = Lanes.load(values, i + Lanes.COUNT);
            b = x.fma(x, b);
            x = Lanes.load(values, i + 2L * Lanes.COUNT);
            c = x.fma(x, c);
            x = Lanes.load(values, i + 3L * Lanes.COUNT);
            d = x.fma(x, d);
        }
        for (; i < to; i += Lanes.COUNT) {
            FloatVector x = Lanes.load(values, i, Lanes.first((int) Math.min(to - i, Lanes.COUNT)));
            a = x.fma(x, a);
        }
        return (double) Lanes.sum(a.add(b)) + Lanes.sum(c.add(d));
    }

    /** Sets whole vectors, as long as they begin before {@code count}. */
    public static void fill(MemorySegment into, int count, float value) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            Lanes.store(Lanes.broadcast(value), into, i);
        }
    }
}
