package org.alluvium.trainer.tornado;

import java.util.EnumMap;
import java.util.Map;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;
import org.alluvium.trainer.tornado.kernel.attention.PackedAttention;
import org.alluvium.trainer.tornado.kernel.attention.PackedAttentionGradients;
import org.alluvium.trainer.tornado.kernel.product.PackedProducts;

/** What operations need while they run. An operation finds what the one before it left there. */
final class Scratch {

    /** Strands that a sum of squares is taken in: enough for the threads of a device. */
    static final int STRANDS = 1024;

    /** Side of the matrices that the peak is measured with. */
    static final int PEAK_SIDE = 512;

    /** What for. */
    enum Use {
        STRANDS,
        WEIGHT_STRANDS, // of the gradient of a norm's weight
        DELTA, // (B,H,T)
        LOG_OF_SUMS, // (H)
        MUON_X, // (out,in)
        MUON_NEXT_X, // (out,in)
        MUON_GRAM, // square, of the smaller side
        MUON_GRAM_SQUARED,
        MUON_NORM,
        PACKED, // the right operand of a product, on CPUs
        TRANSPOSED, // the left operand of a product, on CPUs
        PACKED_TOO, // a second operand, of attention's backward pass
        TILES, // of attention, on CPUs
        PADDED, // an output of a product whose rows do not begin as vectors do, on CPUs
        PEAK
    }

    private final Recorder recorder;
    private final DeviceInfo.Type type;
    private final Map<Use, Region> regions = new EnumMap<>(Use.class);

    Scratch(Recorder recorder, DeviceInfo.Type type) {
        this.recorder = recorder;
        this.type = type;
    }

    /** Elements of everything that operations of this work need. */
    long elements(Workload work) {
        return needs(work).values().stream().mapToLong(Recorder::aligned).sum();
    }

    /** Takes all of it, so that memory need not grow later. */
    void reserve(Workload work) {
        needs(work).forEach(this::elements);
    }

    private Map<Use, Long> needs(Workload work) {
        Map<Use, Long> needs = new EnumMap<>(Use.class);
        needs.put(Use.STRANDS, (long) STRANDS);
        if (work.learns()) {
            needs.put(Use.WEIGHT_STRANDS, (long) NormCalls.STRANDS * work.normWidth());
        }
        needs.put(Use.PEAK, 3L * PEAK_SIDE * PEAK_SIDE);
        needs.put(Use.LOG_OF_SUMS, (long) work.attention().heads());
        if (type == DeviceInfo.Type.CPU) {
            AttentionShape shape = work.attention();
            long heads = PackedProducts.STRIP
                    * (long)
                            PackedAttention.packedItems(shape.rows(), shape.heads(), shape.context(), shape.headSize());
            long blocks = PackedAttention.blocks(shape.rows(), shape.heads(), shape.context());
            needs.put(Use.PACKED, Math.max(heads, packed(work)));
            needs.put(Use.TILES, blocks * (work.learns() ? PackedAttentionGradients.WORK : PackedAttention.WORK));
            if (work.learns()) {
                needs.put(Use.PACKED_TOO, heads);
            }
            needs.put(Use.PADDED, padded(work));
            if (work.learns()) {
                needs.put(Use.TRANSPOSED, transposed(work));
            }
        }
        if (work.learns()) {
            needs.put(
                    Use.DELTA,
                    (long) work.attention().tokens() * work.attention().heads());
        }
        for (Workload.Matrix matrix : work.muon()) {
            long size = (long) matrix.out() * matrix.in();
            long side = Math.min(matrix.out(), matrix.in());
            needs.merge(Use.MUON_X, size, Math::max);
            needs.merge(Use.MUON_NEXT_X, size, Math::max);
            needs.merge(Use.MUON_GRAM, side * side, Math::max);
            needs.merge(Use.MUON_GRAM_SQUARED, side * side, Math::max);
            needs.put(Use.MUON_NORM, 1L);
        }
        return needs;
    }

    /** The largest operand that may have to be packed. */
    private static long packed(Workload work) {
        long most = PackedProducts.packedElements(PEAK_SIDE, PEAK_SIDE);
        for (LinearShape weight : work.weights()) {
            most = Math.max(most, PackedProducts.packedElements(weight.out(), weight.in()));
            most = Math.max(most, PackedProducts.packedElements(weight.in(), weight.out()));
            most = Math.max(most, PackedProducts.packedElements(weight.in(), weight.rows()));
        }
        return most;
    }

    /** The largest operand that may have to be transposed: gradients of weights and Muon read some in columns. */
    private static long transposed(Workload work) {
        long most = 0;
        for (LinearShape weight : work.weights()) {
            most = Math.max(most, (long) weight.out() * PackedProducts.transposedPitch(weight.rows()));
        }
        for (Workload.Matrix matrix : work.muon()) {
            int side = Math.min(matrix.out(), matrix.in());
            int depth = Math.max(matrix.out(), matrix.in());
            most = Math.max(most, (long) side * PackedProducts.transposedPitch(depth));
        }
        return most;
    }

    /** The largest output that may have to be padded. */
    private static long padded(Workload work) {
        long most = 0;
        for (LinearShape weight : work.weights()) {
            if (PackedProducts.pitch(weight.out()) != weight.out()) {
                most = Math.max(most, (long) weight.rows() * PackedProducts.pitch(weight.out()));
            }
            if (PackedProducts.pitch(weight.in()) != weight.in()) {
                long rows = Math.max(weight.rows(), weight.out());
                most = Math.max(most, rows * PackedProducts.pitch(weight.in()));
            }
        }
        return most;
    }

    /** At least this many elements, of any value. */
    Region elements(Use use, long size) {
        Region known = regions.get(use);
        if (known == null || known.count() < size) {
            known = recorder.allocate(size);
            regions.put(use, known);
        }
        return known;
    }

    /** Sums squares in strands, and these in their order: the same bits on any number of threads. */
    void squaredNorm(int result, Region tensor) {
        int strands = elements(Use.STRANDS, STRANDS).offset();
        boolean apart =
                type == DeviceInfo.Type.CPU; // a thread's elements lie together; elsewhere, those of neighbours do
        int between = apart ? Math.ceilDiv(tensor.count(), STRANDS) : 1;
        recorder.call(Kernel.PARTIAL_SQUARES, Extent.of(STRANDS), new int[] {
            strands, tensor.offset(), tensor.count(), between, apart ? 1 : STRANDS
        });
        recorder.call(Kernel.TOTAL, new Extent(1, 0, STRANDS), new int[] {result, strands});
    }
}
