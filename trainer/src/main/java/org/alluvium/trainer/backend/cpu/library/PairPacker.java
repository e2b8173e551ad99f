package org.alluvium.trainer.backend.cpu.library;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.onednn.Packing;

/**
 * Packs row-major right operands (k,n) as {@link Packing#isPaired} says, rounding to BF16. Two elements above each other are
 * an int of the result, so that two rows are joined lane by lane. Any rows can be packed alone, by any thread.
 */
final class PairPacker {

    /** Rows that a call packs: a multiple of {@link #DEPTH_UNIT}. */
    static final int ROWS = 64;

    private static final int GROUP = Packing.GROUP;
    private static final int DEPTH_UNIT = 32;
    private static final int LANES = Lanes.COUNT;

    private PairPacker() {}

    /** A row-major matrix (k,n). */
    record Source(MemorySegment segment, ElementType type, int k, int n) {

        private long at(int row, int column) {
            return (long) row * n + column;
        }

        /** How many rows the packed operand has. */
        private int depth() {
            return Math.ceilDiv(k, DEPTH_UNIT) * DEPTH_UNIT;
        }

        /** With zeros for what lies outside. */
        private FloatVector loadWithin(int row, int column) {
            if (row >= k || column >= n) {
                return Lanes.zero();
            }
            VectorMask<Float> inside = Lanes.first(n - column);
            long at = at(row, column);
            return type == ElementType.F32 ? Lanes.load(segment, at, inside) : Lanes.loadBf16(segment, at, inside);
        }

        /** Where the pair of this row and the next begins in the packed operand, in ints. */
        private long pair(int row, int column) {
            return ((long) (column / GROUP) * depth() + row) / 2 * GROUP;
        }
    }

    /** Packs row {@code from} and those after it. */
    static void pack(Source source, int from, MemorySegment packed) {
        int to = Math.min(source.depth(), from + ROWS);
        int whole = source.n() / GROUP * GROUP;
        for (int row = from; row < to; row += 2) {
            boolean both = row + 1 < source.k();
            if (both) {
                join(source, row, whole, packed);
            }
            for (int column = both ? whole : 0; column < source.n(); column += GROUP) {
                joinAtEdge(source, row, column, packed);
            }
        }
    }

    /** Whole groups of columns; with a loop for each type, as the compiler does not take the choice out of the loop. */
    private static void join(Source source, int row, int columns, MemorySegment packed) {
        MemorySegment segment = source.segment();
        for (int column = 0; column < columns; column += GROUP) {
            long upper = source.at(row, column);
            long lower = source.at(row + 1, column);
            long pair = source.pair(row, column);
            switch (source.type()) {
                case F32 -> joinFloats(segment, upper, lower, packed, pair);
                case BF16 -> joinHalves(segment, upper, lower, packed, pair);
            }
        }
    }

    private static void joinFloats(MemorySegment from, long upper, long lower, MemorySegment into, long pair) {
        for (int i = 0; i < GROUP; i += LANES) {
            store(join(Lanes.load(from, upper + i), Lanes.load(from, lower + i)), into, pair + i);
        }
    }

    /** Without rounding. */
    private static void joinHalves(MemorySegment from, long upper, long lower, MemorySegment into, long pair) {
        for (int i = 0; i < GROUP; i += LANES) {
            IntVector first = Lanes.loadBf16(from, upper + i).reinterpretAsInts();
            IntVector second = Lanes.loadBf16(from, lower + i).reinterpretAsInts();
            store(first.lanewise(VectorOperators.LSHR, Short.SIZE).or(second), into, pair + i);
        }
    }

    private static void joinAtEdge(Source source, int row, int column, MemorySegment packed) {
        for (int i = 0; i < GROUP; i += LANES) {
            FloatVector first = source.loadWithin(row, column + i);
            store(join(first, source.loadWithin(row + 1, column + i)), packed, source.pair(row, column) + i);
        }
    }

    private static IntVector join(FloatVector first, FloatVector second) {
        return Lanes.roundToBf16(first).or(Lanes.roundToBf16(second).lanewise(VectorOperators.LSHL, Short.SIZE));
    }

    private static void store(IntVector pairs, MemorySegment into, long at) {
        pairs.intoMemorySegment(into, at * Integer.BYTES, ByteOrder.nativeOrder());
    }
}
