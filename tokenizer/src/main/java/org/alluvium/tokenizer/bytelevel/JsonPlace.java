package org.alluvium.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.alluvium.contracts.error.DataException;

/**
 * A value in a JSON file that knows where it is, for errors.
 *
 * @param node the value; a missing node where there is none
 * @param path from {@code $}
 * @param file what to call the file
 */
record JsonPlace(JsonNode node, String path, String file) {

    JsonPlace get(String key) {
        return new JsonPlace(node.path(key), path + "." + key, file);
    }

    JsonPlace get(int index) {
        return new JsonPlace(node.path(index), path + "[" + index + "]", file);
    }

    boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    /** A string, which must be there. */
    String text() {
        if (!node.isTextual()) {
            throw damaged("a string is expected");
        }
        return node.textValue();
    }

    /** A number that is an id, which must be there. */
    int id() {
        if (!node.isInt() || node.intValue() < 0) {
            throw damaged("an id is expected");
        }
        return node.intValue();
    }

    /** A truth value, false where there is none. */
    boolean flag() {
        return node.asBoolean(false);
    }

    /** Refuses the value unless there is none, or one that changes nothing. */
    void requireUnset() {
        boolean unset = isAbsent()
                || (node.isBoolean() && !node.booleanValue())
                || (node.isTextual() && node.textValue().isEmpty())
                || (node.isNumber() && node.doubleValue() == 0)
                || (node.isContainerNode() && node.isEmpty());
        if (!unset) {
            throw unsupported(
                    node.isObject() && node.has("type") ? node.path("type").asText() : node.toString());
        }
    }

    /** Refuses an object with other keys than these: what they mean is not known, so neither is what they change. */
    void requireKeys(Set<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw get(key).unsupported(key);
            }
        });
    }

    DataException unsupported(String what) {
        String shown = what.length() > 200 ? what.substring(0, 200) + "…" : what;
        return new DataException(
                "the tokenizer asks for what is not supported: " + shown,
                file + " at " + path,
                "Byte-level BPE as GPT-2 and Llama 3 have it is supported; of a vocabulary that was made by SentencePiece, use its"
                        + " tokenizer.model.");
    }

    DataException damaged(String what) {
        return new DataException(
                what, file + " at " + path, "Use a tokenizer.json as Hugging Face's tokenizers write it.");
    }
}
