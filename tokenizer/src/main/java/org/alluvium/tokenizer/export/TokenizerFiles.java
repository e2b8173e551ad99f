package org.alluvium.tokenizer.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.tokenizer.Vocabulary;

/**
 * The files that Hugging Face's libraries load a vocabulary from: {@code tokenizer.json}, where the vocabulary can be
 * expressed in it, {@code tokenizer.model}, where it is a SentencePiece model, and {@code tokenizer_config.json}. The same
 * vocabulary gives the same bytes.
 *
 * <p>{@code tokenizer_config.json} has two keys of ours, which loaders pass over: {@code tokenizer_json_missing}, why there is
 * no {@code tokenizer.json}, or {@code tokenizer_json_differs}, for which texts the ids of the {@code tokenizer.json} are
 * others.
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

    /** For which texts the ids of a vocabulary's {@code tokenizer.json} are others than ours, a sentence each. */
    public static List<String> differences(Vocabulary vocabulary) {
        return vocabulary.byteLevel().isPresent() ? List.of() : TokenizerJson.differences(vocabulary.model());
    }

    /**
     * The files, by name. That of a byte-level vocabulary is as it was read, with what it puts around texts itself.
     *
     * @param begin whether every text begins with BOS, if the vocabulary has it
     * @param end whether every text ends with EOS, if the vocabulary has it
     * @param maxTokens the longest text that a model takes
     */
    public static Map<String, byte[]> of(Vocabulary vocabulary, boolean begin, boolean end, int maxTokens) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (vocabulary.byteLevel().isPresent()) {
            files.put(JSON, vocabulary.modelBytes());
        } else {
            files.put(MODEL, vocabulary.modelBytes());
            if (refusal(vocabulary).isEmpty()) {
                Optional<Integer> bos = markOf(begin, vocabulary.bosId());
                Optional<Integer> eos = markOf(end, vocabulary.eosId());
                files.put(JSON, TokenizerJson.of(vocabulary.model(), bos, eos));
            }
        }
        files.put(CONFIG, config(vocabulary, begin, end, maxTokens));
        return files;
    }

    private static Optional<Integer> markOf(boolean wanted, int id) {
        return wanted && id != Vocabulary.NONE ? Optional.of(id) : Optional.empty();
    }

    private static byte[] config(Vocabulary vocabulary, boolean begin, boolean end, int maxTokens) {
        Optional<String> refusal = refusal(vocabulary);
        ObjectNode config = MAPPER.createObjectNode()
                .put("tokenizer_class", refusal.isEmpty() ? "PreTrainedTokenizerFast" : "LlamaTokenizer")
                .put("add_bos_token", begin)
                .put("add_eos_token", end)
                .put("bos_token", text(vocabulary, vocabulary.bosId()))
                .put("eos_token", text(vocabulary, vocabulary.eosId()))
                .put("unk_token", text(vocabulary, vocabulary.unknownId()))
                .put("pad_token", text(vocabulary, vocabulary.padId()))
                .put("clean_up_tokenization_spaces", false)
                .put("legacy", false)
                .put("model_max_length", maxTokens);
        refusal.ifPresent(reason -> config.put("tokenizer_json_missing", reason));
        if (refusal.isEmpty() && !differences(vocabulary).isEmpty()) {
            ArrayNode differs = config.putArray("tokenizer_json_differs");
            differences(vocabulary).forEach(differs::add);
        }
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
