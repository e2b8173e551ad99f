package org.alluvium.trainer.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.trainer.backend.Tensor;

/**
 * Where each parameter lies in one flat tensor. Weights, gradients and what an optimizer remembers use the same layout, so
 * that an update and a norm are few operations. The matrices of the blocks come first, which an optimizer may treat
 * alone; embeddings follow, and norms come last, so that what is decayed is one range. Query, key and value projections lie
 * next to each other, as do gate and up, so that each group is also one matrix.
 */
final class ParameterLayout {

    private static final int ALIGNMENT = 16; // elements; groups begin at 64 bytes

    private static final String QUERY_NORM = "self_attn.q_norm";
    private static final String KEY_NORM = "self_attn.k_norm";

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final ModelShape shape;
    private final Map<Region, Long> ends = new EnumMap<>(Region.class);

    /** Parts of the flat tensor, in their order. */
    private enum Region {
        HIDDEN,
        EMBEDDING,
        NORM
    }

    private record Entry(ParameterInfo info, Region region, long offset) {}

    /** Parameters that lie next to each other. */
    private record Group(Region region, List<ParameterInfo> members) {}

    /** One layer's tensors; {@code packed} is q, k and v, {@code gateUp} is gate and up, or up alone. */
    record Layer(
            Tensor inputNorm,
            Tensor packed,
            Tensor output,
            Tensor postNorm,
            Tensor gateUp,
            Tensor down,
            Optional<HeadNorms> headNorms) {}

    /** Weights (D) of the norms of query and key heads. */
    record HeadNorms(Tensor query, Tensor key) {}

    ParameterLayout(ModelShape shape) {
        this.shape = shape;
        List<Group> groups = groups();
        Map<String, Long> offsets = new HashMap<>();
        long end = 0;
        for (Region region : Region.values()) {
            for (Group group : groups) {
                if (group.region() == region) {
                    for (ParameterInfo member : group.members()) {
                        offsets.put(member.name(), end);
                        end += member.size();
                    }
                    end = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
                }
            }
            ends.put(region, end);
        }
        for (Group group : groups) {
            for (ParameterInfo member : group.members()) {
                entries.put(member.name(), new Entry(member, group.region(), offsets.get(member.name())));
            }
        }
    }

    /** In the order in which parameters are named and initialized. */
    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        int channels = shape.channels();
        groups.add(group(Region.EMBEDDING, matrix("model.embed_tokens", shape.vocabulary(), channels)));
        for (int layer = 0; layer < shape.layers(); layer++) {
            addMatrices(groups, prefix(layer));
        }
        if (!shape.tiedEmbeddings()) {
            groups.add(group(Region.EMBEDDING, matrix("lm_head", shape.vocabulary(), channels)));
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            groups.add(group(Region.NORM, norm(prefix(layer) + "input_layernorm", channels)));
            groups.add(group(Region.NORM, norm(prefix(layer) + "post_attention_layernorm", channels)));
            if (shape.architecture().qkNorm()) {
                groups.add(group(Region.NORM, norm(prefix(layer) + QUERY_NORM, shape.headSize())));
                groups.add(group(Region.NORM, norm(prefix(layer) + KEY_NORM, shape.headSize())));
            }
        }
        groups.add(group(Region.NORM, norm("model.norm", channels)));
        return groups;
    }

    private void addMatrices(List<Group> groups, String prefix) {
        int channels = shape.channels();
        int kvWidth = shape.kvHeads() * shape.headSize();
        String attention = prefix + "self_attn.";
        String mlp = prefix + "mlp.";
        groups.add(group(
                Region.HIDDEN,
                matrix(attention + "q_proj", shape.attentionWidth(), channels),
                matrix(attention + "k_proj", kvWidth, channels),
                matrix(attention + "v_proj", kvWidth, channels)));
        groups.add(group(Region.HIDDEN, matrix(attention + "o_proj", channels, shape.attentionWidth())));
        groups.add(
                switch (shape.architecture().activation()) {
                    case SWIGLU ->
                        group(
                                Region.HIDDEN,
                                matrix(mlp + "gate_proj", shape.hidden(), channels),
                                matrix(mlp + "up_proj", shape.hidden(), channels));
                    case RELU2 -> group(Region.HIDDEN, matrix(mlp + "up_proj", shape.hidden(), channels));
                });
        groups.add(group(Region.HIDDEN, matrix(mlp + "down_proj", channels, shape.hidden())));
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

    private static Group group(Region region, ParameterInfo... members) {
        return new Group(region, List.of(members));
    }

    /** Elements of a flat tensor, padding included. */
    long size() {
        return ends.get(Region.NORM);
    }

    /** The first so many elements are subject to weight decay, the others are not. */
    long decayedSize() {
        return ends.get(Region.EMBEDDING);
    }

    /** The first so many elements are matrices of the blocks. */
    long hiddenSize() {
        return ends.get(Region.HIDDEN);
    }

    List<ParameterInfo> parameters() {
        return entries.values().stream().map(Entry::info).toList();
    }

    /** The matrices of the blocks. */
    List<ParameterInfo> hidden() {
        return parameters().stream().filter(this::isHidden).toList();
    }

    boolean isHidden(ParameterInfo parameter) {
        return entry(parameter).region() == Region.HIDDEN;
    }

    Tensor view(Tensor flat, ParameterInfo parameter) {
        return view(flat, parameter, 0);
    }

    /** As above, in a tensor that lacks the first {@code skipped} elements. */
    Tensor view(Tensor flat, ParameterInfo parameter, long skipped) {
        return flat.slice(entry(parameter).offset() - skipped, parameter.size());
    }

    private Entry entry(ParameterInfo parameter) {
        Entry entry = entries.get(parameter.name());
        if (entry == null || !entry.info().equals(parameter)) {
            throw new IllegalArgumentException("the model has no parameter " + parameter);
        }
        return entry;
    }

    Tensor embedding(Tensor flat) {
        return rows(flat, "model.embed_tokens", shape.vocabulary());
    }

    /** The output projection (V,C); the embedding where they are tied. */
    Tensor head(Tensor flat) {
        return shape.tiedEmbeddings() ? embedding(flat) : rows(flat, "lm_head", shape.vocabulary());
    }

    Tensor finalNorm(Tensor flat) {
        return rows(flat, "model.norm", 1);
    }

    Layer layer(Tensor flat, int index) {
        String attention = prefix(index) + "self_attn.";
        String mlp = prefix(index) + "mlp.";
        boolean gated = entries.containsKey(mlp + "gate_proj.weight");
        return new Layer(
                rows(flat, prefix(index) + "input_layernorm", 1),
                rows(flat, attention + "q_proj", shape.packedWidth()),
                rows(flat, attention + "o_proj", shape.attentionWidth()),
                rows(flat, prefix(index) + "post_attention_layernorm", 1),
                rows(flat, mlp + (gated ? "gate_proj" : "up_proj"), shape.hiddenInputWidth()),
                rows(flat, mlp + "down_proj", shape.hidden()),
                headNorms(flat, index));
    }

    private Optional<HeadNorms> headNorms(Tensor flat, int index) {
        return shape.architecture().qkNorm()
                ? Optional.of(new HeadNorms(
                        elements(flat, prefix(index) + QUERY_NORM, shape.headSize()),
                        elements(flat, prefix(index) + KEY_NORM, shape.headSize())))
                : Optional.empty();
    }

    /** So many times C elements from where the named parameter begins. */
    private Tensor rows(Tensor flat, String name, int rows) {
        return elements(flat, name, (long) rows * shape.channels());
    }

    private Tensor elements(Tensor flat, String name, long count) {
        return flat.slice(entries.get(name + ".weight").offset(), count);
    }
}
