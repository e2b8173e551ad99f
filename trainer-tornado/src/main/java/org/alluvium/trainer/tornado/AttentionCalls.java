package org.alluvium.trainer.tornado;

import java.util.Arrays;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;
import org.alluvium.trainer.tornado.kernel.attention.PackedAttention;
import org.alluvium.trainer.tornado.kernel.attention.PackedAttentionGradients;
import org.alluvium.trainer.tornado.kernel.attention.TiledAttention;
import org.alluvium.trainer.tornado.kernel.product.PackedProducts;

/**
 * Attention as calls of kernels. Their arguments are what the kernels without packing have, by where tensors begin; what packing needs
 * is put behind them.
 */
final class AttentionCalls {

    private final Recorder recorder;
    private final Scratch scratch;
    private final DeviceInfo.Type type;

    /**
     * Heads of tokens.
     *
     * @param at where the first begins
     * @param stride of a token
     * @param count of a token
     */
    private record Heads(int at, int stride, int count) {}

    AttentionCalls(Recorder recorder, Scratch scratch, DeviceInfo.Type type) {
        this.recorder = recorder;
        this.scratch = scratch;
        this.type = type;
    }

    /** Arguments: output, logSumExp, packed, starts. */
    void forward(AttentionShape shape, int output, int logSumExp, int packed, int starts) {
        int[] arguments = {output, logSumExp, packed, starts, shape.heads(), shape.kvHeads()};
        if (!packs(shape, output, packed)) {
            Kernel kernel = tiles(shape) ? Kernel.ATTENTION_TILED : Kernel.ATTENTION;
            recorder.call(kernel, items(shape.tokens() * shape.heads(), shape), arguments);
            return;
        }
        int items = PackedAttention.blocks(shape.rows(), shape.heads(), shape.context());
        int keys = packed(Scratch.Use.PACKED, keys(shape, packed), shape);
        int work = scratch.elements(Scratch.Use.TILES, (long) items * PackedAttention.WORK)
                .offset();
        recorder.call(Kernel.ATTENTION_PACKED, items(items, shape), with(arguments, keys, work));
    }

    /** Arguments: gradient, dOutput, output, logSumExp, packed, starts. */
    void backward(AttentionShape shape, int... tensors) {
        int queries = shape.tokens() * shape.heads();
        int delta = scratch.elements(Scratch.Use.DELTA, queries).offset();
        int[] arguments = with(tensors, delta, shape.heads(), shape.kvHeads());
        int packed = tensors[4];
        if (!packs(shape, tensors[0], tensors[1], tensors[2], packed)) {
            Kernel byQuery = tiles(shape) ? Kernel.ATTENTION_QUERY_TILED : Kernel.ATTENTION_QUERY;
            Kernel byKey = tiles(shape) ? Kernel.ATTENTION_KEY_VALUE_TILED : Kernel.ATTENTION_KEY_VALUE;
            recorder.call(byQuery, items(queries, shape), arguments);
            recorder.call(byKey, items(shape.tokens() * shape.kvHeads(), shape), arguments);
            return;
        }
        int blocks = PackedAttention.blocks(shape.rows(), shape.heads(), shape.context());
        int kvBlocks = PackedAttention.blocks(shape.rows(), shape.kvHeads(), shape.context());
        int work = scratch.elements(Scratch.Use.TILES, (long) blocks * PackedAttentionGradients.WORK)
                .offset();
        int keys = packed(Scratch.Use.PACKED, keys(shape, packed), shape);
        int values = packed(Scratch.Use.PACKED_TOO, values(shape, packed), shape);
        recorder.call(Kernel.ATTENTION_QUERY_PACKED, items(blocks, shape), with(arguments, keys, values, work));
        Heads outputs = new Heads(tensors[1], shape.outputWidth(), shape.heads());
        int packedQueries = packed(Scratch.Use.PACKED, queries(shape, packed), shape);
        int dOutputs = packed(Scratch.Use.PACKED_TOO, outputs, shape);
        recorder.call(
                Kernel.ATTENTION_KEY_VALUE_PACKED,
                items(kvBlocks, shape),
                with(arguments, packedQueries, dOutputs, work));
    }

    private static Heads queries(AttentionShape shape, int packed) {
        return new Heads(packed, shape.packedWidth(), shape.heads());
    }

    private static Heads keys(AttentionShape shape, int packed) {
        return new Heads(packed + shape.heads() * shape.headSize(), shape.packedWidth(), shape.kvHeads());
    }

    private static Heads values(AttentionShape shape, int packed) {
        Heads keys = keys(shape, packed);
        return new Heads(keys.at() + shape.kvHeads() * shape.headSize(), keys.stride(), keys.count());
    }

    /** Whether vectors can be read and written wherever a head begins. */
    private boolean packs(AttentionShape shape, int... tensors) {
        return type == DeviceInfo.Type.CPU
                && shape.headSize() % PackedProducts.LANES == 0
                && Arrays.stream(tensors).allMatch(tensor -> tensor % PackedProducts.LANES == 0);
    }

    private boolean tiles(AttentionShape shape) {
        return type == DeviceInfo.Type.GPU && shape.headSize() <= TiledAttention.WIDEST;
    }

    private int packed(Scratch.Use use, Heads heads, AttentionShape shape) {
        int items = PackedAttention.packedItems(shape.rows(), heads.count(), shape.context(), shape.headSize());
        int to = scratch.elements(use, (long) items * PackedProducts.STRIP).offset();
        int[] arguments = {to, heads.at(), heads.stride(), heads.count()};
        recorder.call(Kernel.PACK_HEADS, items(items, shape), arguments);
        return to;
    }

    private static Extent items(int items, AttentionShape shape) {
        return new Extent(items, shape.headSize(), shape.context());
    }

    private static int[] with(int[] arguments, int... more) {
        int[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }
}
