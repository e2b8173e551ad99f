package org.alluvium.trainer.pretrained;

import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.trainer.model.Architecture;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.RopeScaling;

/**
 * Reads the shape of a model from its {@code config.json}, in the keys of Hugging Face's {@code LlamaConfig} with its
 * defaults (transformers 4 and 5: {@code rope_theta} and {@code rope_scaling}, or both in {@code rope_parameters}). A key
 * that asks for what our model does not compute is refused by its name.
 */
final class ShapeReader {

    private final JsonFields config;

    private ShapeReader(JsonFields config) {
        this.config = config;
    }

    /**
     * The shape.
     *
     * @throws MismatchException naming the key that our model cannot follow
     * @throws org.alluvium.contracts.error.DataException if the file is no such description
     */
    static ModelShape read(Path file) {
        return new ShapeReader(JsonFields.read(file)).shape();
    }

    private ModelShape shape() {
        Optional<Layout> layout = Layout.named(config.text("model_type", "absent"));
        require(layout.isPresent(), "model_type", "llama, mistral or qwen3");
        requireComputable(layout.get());
        int channels = config.positive("hidden_size");
        int heads = config.positive("num_attention_heads");
        int kvHeads = config.positive("num_key_value_heads", heads);
        int headSize = config.positive("head_dim", channels / heads);
        require(heads % kvHeads == 0, "num_key_value_heads", "a divisor of num_attention_heads, " + heads);
        require(headSize > 0 && headSize % 2 == 0, "head_dim", "even, as rotary positions turn pairs");
        JsonFields rope = config.group(config.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        return new ModelShape(
                config.positive("vocab_size"),
                config.positive("max_position_embeddings"),
                config.positive("num_hidden_layers"),
                channels,
                heads,
                kvHeads,
                headSize,
                config.positive("intermediate_size"),
                rope.number("rope_theta", config.number("rope_theta", 10_000)),
                scaling(rope),
                config.number("rms_norm_eps", 1e-6),
                config.flag("tie_word_embeddings", false),
                architecture(layout.get()));
    }

    private Architecture architecture(Layout layout) {
        return switch (layout) {
            case LLAMA, MISTRAL -> Architecture.LLAMA;
            case QWEN3 -> new Architecture(true, ModelConfig.Activation.SWIGLU, 0);
            case OWN ->
                new Architecture(
                        config.flag("qk_norm", false),
                        config.text("hidden_act", "silu").equals("relu2")
                                ? ModelConfig.Activation.RELU2
                                : ModelConfig.Activation.SWIGLU,
                        config.number("final_logit_softcapping", 0));
        };
    }

    private void requireComputable(Layout layout) {
        require(layout == Layout.OWN || config.text("hidden_act", "silu").equals("silu"), "hidden_act", "silu");
        require(!config.flag("attention_bias", false), "attention_bias", "false: our projections have no biases");
        require(!config.flag("mlp_bias", false), "mlp_bias", "false: our projections have no biases");
        require(!config.has("sliding_window"), "sliding_window", "null: our attention sees the whole context");
        require(!config.has("quantization_config"), "quantization_config", "absent: weights in F32, BF16 or F16");
        require(config.number("partial_rotary_factor", 1) == 1, "partial_rotary_factor", "1");
    }

    private static RopeScaling scaling(JsonFields rope) {
        String type = rope.text("rope_type", rope.text("type", "default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(rope.number("factor"));
            case "llama3" ->
                new RopeScaling.Llama3(
                        rope.number("factor"),
                        rope.number("low_freq_factor"),
                        rope.number("high_freq_factor"),
                        rope.positive("original_max_position_embeddings"));
            default ->
                throw new MismatchException(
                        "rope scaling of type " + type + " is not implemented; default, linear and llama3 are",
                        rope.file().toString(),
                        "Use a checkpoint with one of these");
        };
    }

    private void require(boolean holds, String key, String computed) {
        if (!holds) {
            throw new MismatchException(
                    key + " is " + config.root().path(key) + "; what Alluvium computes is " + computed,
                    config.file().toString(),
                    "Use a checkpoint of the Llama layout");
        }
    }
}
