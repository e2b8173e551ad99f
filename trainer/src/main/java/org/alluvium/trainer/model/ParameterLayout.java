package org.alluvium.trainer.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.trainer.backend.Tensor;

/**
 * Where each parameter lies in one flat tensor. Weights, gradients and both moments use the same layout, so that an
 * update and a norm are one operation each. Matrices come first and norms last, so that what is decayed is one range.
 * Query, key and value projections lie next to each other, as do gate and up, so that each group is also one matrix.
 */
final class ParameterLayout {

    private static final int ALIGNMENT = 16; // elements; groups begin at 64 bytes

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final ModelShape shape;
    private long end;
    private final long decayedEnd;

    private record Entry(ParameterInfo info, long offset) {}

    /** One layer's tensors; {@code packed} is q, k and v, {@code gateUp} is gate and up. */
    record Layer(Tensor inputNorm, Tensor packed, Tensor output, Tensor postNorm, Tensor gateUp, Tensor down) {}

    ParameterLayout(ModelShape shape) {
        this.shape = shape;
        int channels = shape.channels();
        int kvWidth = shape.kvHeads() * shape.headSize();
        group(matrix("model.embed_tokens", shape.vocabulary(), channels));
        for (int layer = 0; layer < shape.layers(); layer++) {
            String attention = prefix(layer) + "self_attn.";
            String mlp = prefix(layer) + "mlp.";
            group(
                    matrix(attention + "q_proj", shape.attentionWidth(), channels),
                    matrix(attention + "k_proj", kvWidth, channels),
                    matrix(attention + "v_proj", kvWidth, channels));
            group(matrix(attention + "o_proj", channels, shape.attentionWidth()));
            group(
                    matrix(mlp + "gate_proj", shape.hidden(), channels),
                    matrix(mlp + "up_proj", shape.hidden(), channels));
            group(matrix(mlp + "down_proj", channels, shape.hidden()));
        }
        if (!shape.tiedEmbeddings()) {
            group(matrix("lm_head", shape.vocabulary(), channels));
        }
        decayedEnd = end;
        for (int layer = 0; layer < shape.layers(); layer++) {
            group(norm(prefix(layer) + "input_layernorm", channels));
            group(norm(prefix(layer) + "post_attention_layernorm", channels));
        }
        group(norm("model.norm", channels));
    }

    private static String prefix(int layer) {
        return "model.layers." + layer + ".";
    }

    private static ParameterInfo matrix(String name, int out, int in) {
        return new ParameterInfo(name + ".weight", List.of(out, in), true);
    }

    private static ParameterInfo norm(String name, int channels) {
        return new ParameterInfo(name + ".weight", List.of(channels), false);
    }

    private void group(ParameterInfo... members) {
        for (ParameterInfo member : members) {
            entries.put(member.name(), new Entry(member, end));
            end += member.size();
        }
        end = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Elements of a flat tensor, padding included. */
    long size() {
        return end;
    }

    /** The first so many elements are subject to weight decay, the others are not. */
    long decayedSize() {
        return decayedEnd;
    }

    List<ParameterInfo> parameters() {
        List<ParameterInfo> infos = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> infos.add(entry.info()));
        return List.copyOf(infos);
    }

    Tensor view(Tensor flat, ParameterInfo parameter) {
        Entry entry = entries.get(parameter.name());
        if (entry == null || !entry.info().equals(parameter)) {
            throw new IllegalArgumentException("the model has no parameter " + parameter);
        }
        return flat.slice(entry.offset(), entry.info().size());
    }

    Tensor embedding(Tensor flat) {
        return view(flat, "model.embed_tokens", shape.vocabulary());
    }

    /** The output projection (V,C); the embedding where they are tied. */
    Tensor head(Tensor flat) {
        return shape.tiedEmbeddings() ? embedding(flat) : view(flat, "lm_head", shape.vocabulary());
    }

    Tensor finalNorm(Tensor flat) {
        return view(flat, "model.norm", 1);
    }

    Layer layer(Tensor flat, int index) {
        String attention = prefix(index) + "self_attn.";
        String mlp = prefix(index) + "mlp.";
        int down = entries.get(mlp + "down_proj.weight").info().size();
        return new Layer(
                view(flat, prefix(index) + "input_layernorm", 1),
                view(flat, attention + "q_proj", shape.packedWidth()),
                view(flat, attention + "o_proj", shape.attentionWidth()),
                view(flat, prefix(index) + "post_attention_layernorm", 1),
                view(flat, mlp + "gate_proj", 2 * shape.hidden()),
                flat.slice(entries.get(mlp + "down_proj.weight").offset(), down));
    }

    /** {@code rows} rows of C elements from where the named parameter begins. */
    private Tensor view(Tensor flat, String name, int rows) {
        return flat.slice(entries.get(name + ".weight").offset(), (long) rows * shape.channels());
    }
}
