package org.alluvium.trainer.backend.cpu.lanes;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.alluvium.trainer.backend.Bfloat16;

/**
 * Vectors of floats over memory outside the heap. Offsets count elements. Only operations with exactly specified results
 * are used, so that interpreted and compiled code give the same bits: horizontal sums have a fixed tree (the library's
 * own leave the order open), and the exponential is a polynomial (the library's differs between compiled and not).
 */
public final class Lanes {

    private static final VectorSpecies<Float> PREFERRED = FloatVector.SPECIES_PREFERRED;

    /** At most 16 lanes, which is what {@link #sum} folds. */
    public static final VectorSpecies<Float> SPECIES = PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : PREFERRED;

    public static final int COUNT = SPECIES.length();

    static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(COUNT * Short.SIZE));

    private static final VectorShuffle<Float> SWAP_8 = swap(8);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);

    private static final FloatVector LOG2_E = broadcast(1.442695f);
    private static final FloatVector MINUS_LN2_HIGH = broadcast(-0x1.63p-1f);
    private static final FloatVector MINUS_LN2_LOW = broadcast(2.1219444e-4f);
    private static final FloatVector EXP_6 = broadcast(1.9875691e-4f);
    private static final FloatVector EXP_5 = broadcast(1.3981999e-3f);
    private static final FloatVector EXP_4 = broadcast(8.333452e-3f);
    private static final FloatVector EXP_3 = broadcast(4.1665796e-2f);
    private static final FloatVector EXP_2 = broadcast(1.6666666e-1f);
    private static final FloatVector HALF = broadcast(0.5f);
    private static final FloatVector ONE = broadcast(1f);
    private static final float LN2_HIGH = 0x1.63p-1f; // 9 bits, so that n * LN2_HIGH is exact
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final FloatVector SMALLEST = broadcast(-87.0f); // exp of less is not a normal number
    private static final FloatVector LARGEST = broadcast(88.0f);
    private static final FloatVector ROUNDER =
            broadcast(12582912f); // 1.5 * 2^23: adding it rounds to an integer in the low bits
    private static final int HALF_BITS = 16;
    private static final int JUST_BELOW_HALF = 0x7fff; // of the last bit that BF16 keeps
    private static final int HALF_NAN = 0x7fc0;
    private static final int MANTISSA_BITS = 23;
    private static final int ONE_BITS = 0x3f800000;
    private static final int ROOT_HALF_BITS = 0x3f3504f3;

    private Lanes() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) & (COUNT - 1));
    }

    public static FloatVector load(MemorySegment segment, long element) {
        return FloatVector.fromMemorySegment(SPECIES, segment, element * Float.BYTES, ByteOrder.nativeOrder());
    }

    public static FloatVector load(MemorySegment segment, long element, VectorMask<Float> mask) {
        return FloatVector.fromMemorySegment(SPECIES, segment, element * Float.BYTES, ByteOrder.nativeOrder(), mask);
    }

    public static void store(FloatVector vector, MemorySegment segment, long element) {
        vector.intoMemorySegment(segment, element * Float.BYTES, ByteOrder.nativeOrder());
    }

    public static void store(FloatVector vector, MemorySegment segment, long element, VectorMask<Float> mask) {
        vector.intoMemorySegment(segment, element * Float.BYTES, ByteOrder.nativeOrder(), mask);
    }

    /** As many BF16 elements, exactly. */
    public static FloatVector loadBf16(MemorySegment segment, long element) {
        return widen(ShortVector.fromMemorySegment(HALVES, segment, element * Short.BYTES, ByteOrder.nativeOrder()));
    }

    public static FloatVector loadBf16(MemorySegment segment, long element, VectorMask<Float> mask) {
        return widen(ShortVector.fromMemorySegment(
                HALVES, segment, element * Short.BYTES, ByteOrder.nativeOrder(), mask.cast(HALVES)));
    }

    /** Rounds as {@link Bfloat16#fromFloat} does. */
    public static void storeBf16(FloatVector vector, MemorySegment segment, long element) {
        narrow(vector).intoMemorySegment(segment, element * Short.BYTES, ByteOrder.nativeOrder());
    }

    public static void storeBf16(FloatVector vector, MemorySegment segment, long element, VectorMask<Float> mask) {
        narrow(vector).intoMemorySegment(segment, element * Short.BYTES, ByteOrder.nativeOrder(), mask.cast(HALVES));
    }

    private static FloatVector widen(ShortVector halves) {
        IntVector bits = (IntVector) halves.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, HALF_BITS).reinterpretAsFloats();
    }

    private static ShortVector narrow(FloatVector vector) {
        return (ShortVector) roundToBf16(vector).convertShape(VectorOperators.I2S, HALVES, 0);
    }

    /** The bits of BF16 elements, in the lower halves of lanes; rounds as {@link Bfloat16#fromFloat} does. */
    public static IntVector roundToBf16(FloatVector vector) {
        IntVector bits = vector.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, HALF_BITS).and(1);
        IntVector rounded = bits.add(JUST_BELOW_HALF).add(odd).lanewise(VectorOperators.LSHR, HALF_BITS);
        VectorMask<Integer> nan = vector.test(VectorOperators.IS_NAN).cast(INTS);
        return rounded.blend(HALF_NAN, nan);
    }

    /** The lanes below {@code count}. */
    public static VectorMask<Float> first(int count) {
        return SPECIES.indexInRange(0, count);
    }

    public static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    public static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** The largest multiple of the lane count up to {@code count}. */
    public static int bound(int count) {
        return count & -COUNT;
    }

    /**
     * The sum of all lanes: halves are added to each other until one is left. What a loop has summed up is given as {@code
     * sum.add(0f)}: where the compiler does not inline this method, it must be handed an object, and would make one of the loop's
     * own vector in every round.
     */
    public static float sum(FloatVector vector) {
        FloatVector folded = vector;
        if (COUNT > 8) {
            folded = folded.add(folded.rearrange(SWAP_8));
        }
        if (COUNT > 4) {
            folded = folded.add(folded.rearrange(SWAP_4));
        }
        if (COUNT > 2) {
            folded = folded.add(folded.rearrange(SWAP_2));
        }
        return folded.add(folded.rearrange(SWAP_1)).lane(0);
    }

    /** The larger of two numbers in each lane, NaN aside: the library's maximum looks for NaN and costs three times this. */
    public static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a));
    }

    /** The smaller of two numbers in each lane; as {@link #larger}. */
    private static FloatVector smaller(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.LT, a));
    }

    /** {@link #exp(FloatVector)} of one number, to the same bits. */
    public static float exp(float argument) {
        return exp(broadcast(argument)).lane(0);
    }

    /**
     * The natural logarithm of normal positive numbers, to 2 units in the last place: the mantissa is moved to between the
     * root of one half and that of two, and its logarithm is Cephes' polynomial for logf.
     */
    public static FloatVector log(FloatVector argument) {
        IntVector bits = argument.reinterpretAsInts().sub(ROOT_HALF_BITS);
        IntVector exponent = bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        FloatVector m = bits.and((1 << MANTISSA_BITS) - 1).add(ROOT_HALF_BITS).reinterpretAsFloats();
        FloatVector x = m.sub(1f);
        FloatVector p = broadcast(7.0376836e-2f).fma(x, broadcast(-1.151461e-1f));
        p = p.fma(x, broadcast(1.16769984e-1f));
        p = p.fma(x, broadcast(-1.2420141e-1f));
        p = p.fma(x, broadcast(1.4249323e-1f));
        p = p.fma(x, broadcast(-1.6668057e-1f));
        p = p.fma(x, broadcast(2.0000714e-1f));
        p = p.fma(x, broadcast(-2.4999994e-1f));
        p = p.fma(x, broadcast(3.333333e-1f));
        FloatVector squared = x.mul(x);
        FloatVector n = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        FloatVector y = p.mul(x).mul(squared);
        y = n.fma(broadcast(LN2_LOW), y);
        y = squared.fma(broadcast(-0.5f), y);
        return n.fma(broadcast(LN2_HIGH), y.add(x));
    }

    /** {@link #log(FloatVector)} of one number, to the same bits. */
    public static float log(float argument) {
        return log(broadcast(argument)).lane(0);
    }

    /**
     * The exponential, to 2 units in the last place on [-87, 88]; arguments outside are moved to the nearest bound. The
     * argument is reduced to n ln 2 + r with |r| at most half of ln 2, and exp(r) is Cephes' polynomial for expf.
     */
    public static FloatVector exp(FloatVector argument) {
        FloatVector x = smaller(larger(argument, SMALLEST), LARGEST);
        FloatVector rounded = x.fma(LOG2_E, ROUNDER);
        FloatVector n = rounded.sub(ROUNDER);
        FloatVector r = n.fma(MINUS_LN2_HIGH, x);
        r = n.fma(MINUS_LN2_LOW, r);
        FloatVector p = EXP_6.fma(r, EXP_5);
        p = p.fma(r, EXP_4);
        p = p.fma(r, EXP_3);
        p = p.fma(r, EXP_2);
        p = p.fma(r, HALF);
        p = p.fma(r.mul(r), r).add(ONE);
        IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        return p.mul(exponent.add(ONE_BITS).reinterpretAsFloats());
    }
}
