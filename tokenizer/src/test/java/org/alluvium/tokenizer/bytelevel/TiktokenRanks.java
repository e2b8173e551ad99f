package org.alluvium.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The vocabulary of a tiktoken encoding, as the npm package {@code tiktoken} ships it, as a {@code tokenizer.json}. The
 * ranks are tokens in the order of their merges; which two tokens make one is found by merging it with all that come before.
 * Ids that an encoding leaves out, as cl100k does between its special tokens, become tokens that no merge gives.
 */
public final class TiktokenRanks {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Integer> ranks = new HashMap<>();
    private final List<String> merges = new ArrayList<>();
    private final JsonNode encoding;

    /**
     * @param encoding the content of, say, {@code encoders/gpt2.json}
     */
    public TiktokenRanks(byte[] encoding) throws IOException {
        this.encoding = MAPPER.readTree(encoding);
        for (String line : this.encoding.path("bpe_ranks").asText().strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            int rank = Integer.parseInt(words[1]);
            for (int i = 2; i < words.length; i++) {
                ranks.put(byteChars(Base64.getDecoder().decode(words[i])), rank++);
            }
        }
        ranks.entrySet().stream()
                .filter(token -> token.getKey().length() > 1)
                .sorted(Map.Entry.comparingByValue())
                .forEach(token -> merges.add(parts(token.getKey(), token.getValue())));
    }

    private static String byteChars(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.append(ByteChars.of(value));
        }
        return text.toString();
    }

    /** The last two parts that a token has before it is one. */
    private String parts(String token, int rank) {
        List<String> parts = new ArrayList<>();
        token.chars().forEach(c -> parts.add(Character.toString(c)));
        while (parts.size() > 2) {
            int best = -1;
            int bestRank = rank;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int merged = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), rank);
                if (merged < bestRank) {
                    best = i;
                    bestRank = merged;
                }
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        return parts.get(0) + " " + parts.get(1);
    }

    /** The tokenizer; cl100k's pattern is that of Llama 3. */
    public byte[] tokenizerJson() {
        ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        encoding.path("special_tokens")
                .properties()
                .forEach(token -> added.addObject()
                        .put("id", token.getValue().intValue())
                        .put("content", token.getKey())
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true));
        root.putNull("normalizer");
        root.set("pre_tokenizer", preTokenizer(encoding.path("pat_str").asText()));
        root.putNull("post_processor");
        root.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocab = model.putObject("vocab");
        ranks.forEach(vocab::put);
        int next = ranks.size();
        for (Map.Entry<String, JsonNode> token : encoding.path("special_tokens").properties()) {
            while (next < token.getValue().intValue()) {
                vocab.put("unused" + next, next++);
            }
            vocab.put(token.getKey(), next++);
        }
        ArrayNode list = model.putArray("merges");
        merges.forEach(list::add);
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode preTokenizer(String pattern) {
        boolean gpt2 = pattern.equals(SplitPattern.GPT_2.regex());
        ObjectNode bytes = MAPPER.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", gpt2);
        if (gpt2) {
            return bytes;
        }
        ObjectNode split = MAPPER.createObjectNode().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        split.put("behavior", "Isolated").put("invert", false);
        ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
        sequence.putArray("pretokenizers").add(split).add(bytes);
        return sequence;
    }
}
