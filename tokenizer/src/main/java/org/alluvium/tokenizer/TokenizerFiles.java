package org.alluvium.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.tokenizer.bytelevel.TokenizerJson;

/**
 * The files that Hugging Face's libraries load a vocabulary from: {@code tokenizer.json}, where the vocabulary can be
 * expressed in it, {@code tokenizer.model}, where it is a SentencePiece model, and {@code tokenizer_config.json}.
 */
public final class TokenizerFiles {

    /** The vocabulary as Hugging Face's tokenizers have it. */
    public static final String JSON = "tokenizer.json";

    /** The SentencePiece model. */
    public static final String MODEL = "tokenizer.model";

    /** Which class loads the vocabulary, and its special tokens. */
    public static final String CONFIG = "tokenizer_config.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TokenizerFiles() {}

    /** Why there is no {@code tokenizer.json} for a vocabulary, or nothing if there is one. */
    public static Optional<String> refusal(Vocabulary vocabulary) {
        return vocabulary.byteLevel().isPresent() ? Optional.empty() : TokenizerJson.refusal(vocabulary.model());
    }

    /**
     * The files, by name. That of a byte-level vocabulary is as it was read, with what it puts around texts itself.
     *
     * @param begin whether every text begins with BOS, which the vocabulary then has
     * @param end whether every text ends with EOS, which the vocabulary then has
     * @param maxTokens the longest text that a model takes
     */
    public static Map<String, byte[]> of(Vocabulary vocabulary, boolean begin, boolean end, int maxTokens) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (vocabulary.byteLevel().isPresent()) {
            files.put(JSON, vocabulary.modelBytes());
        } else {
            files.put(MODEL, vocabulary.modelBytes());
            if (refusal(vocabulary).isEmpty()) {
                Optional<Integer> bos = begin ? Optional.of(vocabulary.bosId()) : Optional.empty();
                Optional<Integer> eos = end ? Optional.of(vocabulary.eosId()) : Optional.empty();
                files.put(JSON, TokenizerJson.of(vocabulary.model(), bos, eos));
            }
        }
        files.put(CONFIG, config(vocabulary, begin, end, maxTokens, files.containsKey(JSON)));
        return files;
    }

    private static byte[] config(Vocabulary vocabulary, boolean begin, boolean end, int maxTokens, boolean json) {
        ObjectNode config = MAPPER.createObjectNode()
                .put("tokenizer_class", json ? "PreTrainedTokenizerFast" : "LlamaTokenizer")
                .put("add_bos_token", begin)
                .put("add_eos_token", end)
                .put("bos_token", text(vocabulary, vocabulary.bosId()))
                .put("eos_token", text(vocabulary, vocabulary.eosId()))
                .put("unk_token", text(vocabulary, vocabulary.unknownId()))
                .put("pad_token", text(vocabulary, vocabulary.padId()))
                .put("clean_up_tokenization_spaces", false)
                .put("legacy", false)
                .put("model_max_length", maxTokens);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private static String text(Vocabulary vocabulary, int id) {
        return id == Vocabulary.NONE ? null : vocabulary.piece(id).text();
    }
}
