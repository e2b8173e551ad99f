package org.alluvium.trainer.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.model.ModelShape;

/**
 * {@code config.json} in the keys of Hugging Face's {@code LlamaConfig} (transformers 4), so that {@code from_pretrained}
 * takes the folder as it is; and the two small files that go with it.
 */
record LlamaConfig(
        @JsonProperty("model_type") String modelType,
        @JsonProperty("vocab_size") int vocabulary,
        @JsonProperty("max_position_embeddings") int context,
        @JsonProperty("num_hidden_layers") int layers,
        @JsonProperty("hidden_size") int channels,
        @JsonProperty("num_attention_heads") int heads,
        @JsonProperty("num_key_value_heads") int kvHeads,
        @JsonProperty("intermediate_size") int hidden,
        @JsonProperty("rope_theta") double ropeTheta,
        @JsonProperty("rms_norm_eps") double normEpsilon,
        @JsonProperty("tie_word_embeddings") boolean tiedEmbeddings) {

    private static final String LLAMA = "llama";

    /** The shape that a checkpoint's {@code config.json} describes. */
    static ModelShape read(Path file) {
        LlamaConfig config = CheckpointJson.read(file, LlamaConfig.class);
        if (!LLAMA.equals(config.modelType)) {
            throw new MismatchException(
                    "model_type is " + config.modelType + ", this Alluvium reads " + LLAMA,
                    file.toString(),
                    "Use a checkpoint that Alluvium wrote");
        }
        return new ModelShape(
                config.vocabulary,
                config.context,
                config.layers,
                config.channels,
                config.heads,
                config.kvHeads,
                config.hidden,
                config.ropeTheta,
                config.normEpsilon,
                config.tiedEmbeddings);
    }

    /** What a checkpoint's {@code tokenizer_config.json} says of the ends of documents. */
    static DocumentEnds readEnds(Path file) {
        TokenizerKeys keys = CheckpointJson.read(file, TokenizerKeys.class);
        return new DocumentEnds(keys.bos, keys.eos);
    }

    private record TokenizerKeys(
            @JsonProperty("add_bos_token") boolean bos,
            @JsonProperty("add_eos_token") boolean eos) {}

    /** {@code config.json}. */
    static Map<String, Object> config(ModelShape shape, Vocabulary vocabulary) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("model_type", LLAMA);
        config.put("vocab_size", shape.vocabulary());
        config.put("max_position_embeddings", shape.context());
        config.put("num_hidden_layers", shape.layers());
        config.put("hidden_size", shape.channels());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.kvHeads());
        config.put("head_dim", shape.headSize());
        config.put("intermediate_size", shape.hidden());
        config.put("hidden_act", "silu");
        config.put("rope_theta", shape.ropeTheta());
        config.put("rope_scaling", null);
        config.put("rms_norm_eps", shape.normEpsilon());
        config.put("tie_word_embeddings", shape.tiedEmbeddings());
        config.put("attention_bias", false);
        config.put("attention_dropout", 0.0);
        config.put("mlp_bias", false);
        config.put("initializer_range", 0.02);
        config.put("bos_token_id", idOrNull(vocabulary.bosId()));
        config.put("eos_token_id", idOrNull(vocabulary.eosId()));
        config.put("pad_token_id", null);
        config.put("torch_dtype", "float32");
        config.put("use_cache", true);
        return config;
    }

    /** {@code generation_config.json}. */
    static Map<String, Object> generation(ModelShape shape, Vocabulary vocabulary) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("bos_token_id", idOrNull(vocabulary.bosId()));
        config.put("eos_token_id", idOrNull(vocabulary.eosId()));
        config.put("max_length", shape.context());
        config.put("do_sample", true);
        config.put("temperature", 0.7);
        return config;
    }

    /** {@code tokenizer_config.json}; says whether documents were given BOS and EOS, as the shards were. */
    static Map<String, Object> tokenizer(ModelShape shape, Vocabulary vocabulary, DocumentEnds ends) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "LlamaTokenizer");
        config.put("add_bos_token", ends.bos());
        config.put("add_eos_token", ends.eos());
        config.put("bos_token", textOrNull(vocabulary, vocabulary.bosId()));
        config.put("eos_token", textOrNull(vocabulary, vocabulary.eosId()));
        config.put("unk_token", textOrNull(vocabulary, vocabulary.unknownId()));
        config.put("pad_token", null);
        config.put("clean_up_tokenization_spaces", false);
        config.put("legacy", false);
        config.put("model_max_length", shape.context());
        return config;
    }

    private static Integer idOrNull(int id) {
        return id < 0 ? null : id;
    }

    private static String textOrNull(Vocabulary vocabulary, int id) {
        return id < 0 ? null : vocabulary.piece(id).text();
    }
}
