package org.alluvium.bench.peers.libtorch;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.rms_norm;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.silu;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The Llama of {@code torch_curve.py}, operator for operator: fused attention, causal without a mask where each row is one
 * document. B rows, T tokens a row, C channels, H heads, G heads of keys and values, D = C / H, V vocabulary.
 *
 * <p>Every handle to a tensor dies with the {@link PointerScope} it was made in, so that memory is given back as soon as it
 * would be in C++: a block's with the block, what a backward pass needs with that pass.
 */
final class Llama {

    /** A target that is not scored. */
    static final int NOT_SCORED = -1;

    private static final long REDUCTION_SUM = 2;

    private final Dump.Shape shape;
    private final Map<String, Tensor> weights;
    private final ScalarType compute;
    private final Tensor cosines;
    private final Tensor sines;

    /** The tables of the rotation and the mask, for one micro-batch; no mask where attention is only causal. */
    private record Positions(Tensor cosines, Tensor sines, TensorOptional visible, boolean causal) {}

    /**
     * A model over weights that stay the caller's.
     *
     * @param compute type of the rotation's tables: that of the projections' outputs
     */
    Llama(Dump.Shape shape, Map<String, Tensor> weights, ScalarType compute) {
        this.shape = shape;
        this.weights = weights;
        this.compute = compute;
        this.cosines = table(Math::cos);
        this.sines = table(Math::sin);
    }

    /**
     * Sum of the losses of all scored targets, in nats.
     *
     * @param inputs (B,T)
     * @param targets (B,T), {@link #NOT_SCORED} where nothing is
     * @param documentStart (B,T): where in its row each token's document begins
     */
    Tensor lossSum(Tensor inputs, Tensor targets, Tensor documentStart) {
        Positions positions = positions(documentStart);
        Tensor x = embedding(weights.get("model.embed_tokens.weight"), inputs);
        for (int i = 0; i < shape.layers(); i++) {
            Tensor before = x;
            String name = "model.layers." + i + ".";
            x = inScope(() -> block(before, name, positions));
        }
        x = norm(x, "model.norm.weight");
        String head = shape.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
        Tensor logits = project(x, head).flatten(0, 1);
        return cross_entropy_loss(logits, targets.flatten(), new TensorOptional(), REDUCTION_SUM, NOT_SCORED, 0);
    }

    private Tensor block(Tensor x, String name, Positions positions) {
        Tensor mixed = x.add(attention(norm(x, name + "input_layernorm.weight"), name + "self_attn.", positions));
        Tensor y = norm(mixed, name + "post_attention_layernorm.weight");
        Tensor gated = silu(project(y, name + "mlp.gate_proj.weight")).mul(project(y, name + "mlp.up_proj.weight"));
        return mixed.add(project(gated, name + "mlp.down_proj.weight"));
    }

    private Tensor attention(Tensor y, String name, Positions positions) {
        Tensor q = rotate(heads(y, name + "q_proj.weight"), positions);
        Tensor k = repeat(rotate(heads(y, name + "k_proj.weight"), positions));
        Tensor v = repeat(heads(y, name + "v_proj.weight"));
        Tensor mixed = scaled_dot_product_attention(
                q, k, v, positions.visible(), 0, positions.causal(), new DoubleOptional(), false);
        return project(mixed.transpose(1, 2).reshape(y.size(0), y.size(1), shape.channels()), name + "o_proj.weight");
    }

    /** y (B,T,C) projected to (B,heads,T,D). */
    private Tensor heads(Tensor y, String weight) {
        return project(y, weight)
                .view(y.size(0), y.size(1), -1, shape.headSize())
                .transpose(1, 2);
    }

    /** x (B,heads,T,D), the half-rotation convention. */
    private static Tensor rotate(Tensor x, Positions positions) {
        TensorVector halves = x.chunk(2, -1);
        Tensor turned = cat(new TensorVector(halves.get(1).neg(), halves.get(0)), -1);
        return x.mul(positions.cosines()).add(turned.mul(positions.sines()));
    }

    /** (B,G,T,D) to (B,H,T,D). */
    private Tensor repeat(Tensor x) {
        int times = shape.heads() / shape.kvHeads();
        return times == 1 ? x : x.repeat_interleave(times, new LongOptional(1), new LongOptional());
    }

    private Tensor project(Tensor x, String weight) {
        return linear(x, weights.get(weight));
    }

    private Tensor norm(Tensor x, String weight) {
        return rms_norm(
                x,
                new long[] {shape.channels()},
                new TensorOptional(weights.get(weight)),
                new DoubleOptional(shape.normEpsilon()));
    }

    private Positions positions(Tensor documentStart) {
        Tensor at = arange(new Scalar(shape.context()), new TensorOptions(ScalarType.Long));
        boolean oneDocument = !documentStart.any().item_bool();
        TensorOptional visible = new TensorOptional();
        if (!oneDocument) {
            Tensor keys = at.unsqueeze(0).unsqueeze(0);
            Tensor seen = keys.le(at.unsqueeze(0).unsqueeze(2)).logical_and(keys.ge(documentStart.unsqueeze(2)));
            visible = new TensorOptional(seen.unsqueeze(1)); // (B,1,T,T)
        }
        Tensor offsets = at.sub(documentStart).flatten();
        return new Positions(tableAt(cosines, offsets), tableAt(sines, offsets), visible, oneDocument);
    }

    /** Rows of a table, (B,1,T,D). */
    private Tensor tableAt(Tensor table, Tensor offsets) {
        return table.index_select(0, offsets)
                .view(-1, 1, shape.context(), shape.headSize())
                .to(compute);
    }

    /** (T,D), both halves alike. */
    private Tensor table(DoubleUnaryOperator function) {
        int size = shape.headSize();
        int half = size / 2;
        float[] values = new float[shape.context() * size];
        for (int i = 0; i < values.length; i++) {
            int token = i / size;
            double frequency = Math.pow(shape.ropeTheta(), -(i % half) / (double) half);
            values[i] = (float) function.applyAsDouble(token * frequency);
        }
        return Tensor.create(values, shape.context(), size);
    }

    /** What a computation returns outlives the handles that it made. */
    private static Tensor inScope(Supplier<Tensor> computation) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor result = computation.get();
            outer.attach(result);
            return result;
        }
    }
}
