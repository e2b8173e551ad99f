package org.alluvium.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;

/** A {@code tokenizer.json} with every byte, three merges, a special token and an added one. */
public final class SmallTokenizer {

    private SmallTokenizer() {}

    /** The same, which splits by another pattern. */
    public static String json(SplitPattern pattern) {
        if (pattern == SplitPattern.GPT_2) {
            return json();
        }
        return splitBy(pattern.regex());
    }

    /** The same, which splits by an expression. */
    public static String splitBy(String regex) {
        return preTokenizers("{\"type\": \"Split\", \"pattern\": {\"Regex\": " + new TextNode(regex)
                + "}, \"behavior\": \"Isolated\", \"invert\": false}");
    }

    /** The same, which splits by other pre-tokenizers, separated by commas. */
    static String preTokenizers(String splits) {
        return json().replaceAll(
                        "\"pre_tokenizer\": \\{[^}]*}",
                        Matcher.quoteReplacement(
                                "\"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [" + splits
                                        + ", {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": false}]}"));
    }

    /** The file; a byte's id is its value. */
    public static String json() {
        ObjectNode vocab = new ObjectMapper().createObjectNode();
        for (int value = 0; value < 256; value++) {
            vocab.put(Character.toString(ByteChars.of((byte) value)), value);
        }
        vocab.put("th", 256).put("the", 257).put("\u0120the", 258);
        return """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [
                  {"id": 259, "content": "<|endoftext|>", "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true},
                  {"id": 260, "content": "[name]", "single_word": true, "lstrip": true, "rstrip": false,
                   "normalized": true, "special": false}],
                 "normalizer": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
                 "post_processor": null,
                 "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
                 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
                  "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
                  "vocab": VOCAB,
                  "merges": ["t h", "th e", "\u0120 the"]}}
                """.replace("VOCAB", vocab.toString());
    }
}
