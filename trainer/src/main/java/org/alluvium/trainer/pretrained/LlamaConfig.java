package org.alluvium.trainer.pretrained;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.model.Architecture;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.RopeScaling;
import org.alluvium.trainer.safetensors.Dtype;

/**
 * {@code config.json} in the keys of Hugging Face's {@code LlamaConfig} (transformers 4), so that {@code from_pretrained}
 * takes the folder as it is; and the small file that goes with it. With norms of heads it is a {@code Qwen3Config}; what
 * no published architecture has is written under our own name.
 */
public final class LlamaConfig {

    private LlamaConfig() {}

    /**
     * The shape that a model's {@code config.json} describes.
     *
     * @throws org.alluvium.contracts.error.MismatchException naming the key that our model cannot follow
     */
    public static ModelShape read(Path file) {
        return ShapeReader.read(file);
    }

    /** What a model's {@code tokenizer_config.json} says of the ends of documents; Llama's defaults where it is silent. */
    public static DocumentEnds readEnds(Path file) {
        JsonFields keys = JsonFields.read(file);
        return new DocumentEnds(keys.flag("add_bos_token", true), keys.flag("add_eos_token", false));
    }

    /** The bytes of {@code config.json}. */
    public static byte[] config(ModelShape shape, Vocabulary vocabulary, Dtype dtype) {
        Map<String, Object> config = new LinkedHashMap<>();
        Layout layout = Layout.of(shape.architecture());
        config.put("architectures", List.of(layout.architecture()));
        config.put("model_type", layout.modelType());
        config.put("vocab_size", shape.vocabulary());
        config.put("max_position_embeddings", shape.context());
        config.put("num_hidden_layers", shape.layers());
        config.put("hidden_size", shape.channels());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.kvHeads());
        config.put("head_dim", shape.headSize());
        config.put("intermediate_size", shape.hidden());
        config.put("hidden_act", hiddenAct(shape.architecture()));
        config.put("rope_theta", shape.ropeTheta());
        config.put("rope_scaling", scaling(shape.ropeScaling()));
        config.put("rms_norm_eps", shape.normEpsilon());
        config.put("tie_word_embeddings", shape.tiedEmbeddings());
        config.put("attention_bias", false);
        config.put("attention_dropout", 0.0);
        config.put("mlp_bias", false);
        config.put("initializer_range", 0.02);
        config.put("bos_token_id", idOrNull(vocabulary.bosId()));
        config.put("eos_token_id", idOrNull(vocabulary.eosId()));
        config.put("pad_token_id", null);
        config.put("torch_dtype", torchName(dtype));
        config.put("use_cache", true);
        if (layout == Layout.OWN) {
            config.put("qk_norm", shape.architecture().qkNorm());
            config.put("final_logit_softcapping", shape.architecture().logitSoftCap());
        }
        return JsonFields.bytes(config);
    }

    private static String hiddenAct(Architecture architecture) {
        return switch (architecture.activation()) {
            case SWIGLU -> "silu";
            case RELU2 -> "relu2";
        };
    }

    private static Map<String, Object> scaling(RopeScaling scaling) {
        Map<String, Object> keys = new LinkedHashMap<>();
        switch (scaling) {
            case RopeScaling.None() -> {
                return null;
            }
            case RopeScaling.Linear(double factor) -> {
                keys.put("rope_type", "linear");
                keys.put("factor", factor);
            }
            case RopeScaling.Llama3(double factor, double low, double high, int originalContext) -> {
                keys.put("rope_type", "llama3");
                keys.put("factor", factor);
                keys.put("low_freq_factor", low);
                keys.put("high_freq_factor", high);
                keys.put("original_max_position_embeddings", originalContext);
            }
        }
        return keys;
    }

    private static String torchName(Dtype dtype) {
        return switch (dtype) {
            case F32 -> "float32";
            case BF16 -> "bfloat16";
            case F16 -> "float16";
        };
    }

    /** The bytes of {@code generation_config.json}. */
    public static byte[] generation(ModelShape shape, Vocabulary vocabulary) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("bos_token_id", idOrNull(vocabulary.bosId()));
        config.put("eos_token_id", idOrNull(vocabulary.eosId()));
        config.put("max_length", shape.context());
        config.put("do_sample", true);
        config.put("temperature", 0.7);
        return JsonFields.bytes(config);
    }

    private static Integer idOrNull(int id) {
        return id < 0 ? null : id;
    }
}
