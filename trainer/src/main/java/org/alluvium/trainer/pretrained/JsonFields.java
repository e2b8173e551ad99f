package org.alluvium.trainer.pretrained;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/**
 * The fields of a JSON object that lies in a file. A field that is null counts as absent, as those who write such files mean
 * it.
 *
 * @param file that errors name
 * @param root an object, or missing
 */
record JsonFields(Path file, JsonNode root) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Reads a file.
     *
     * @throws DataException if it is no JSON object
     */
    static JsonFields read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw damaged(file, "it is no JSON object", null);
            }
            return new JsonFields(file, root);
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw StorageException.of("read the model's description", file, e);
        }
    }

    /** The bytes of a file that holds these fields. */
    static byte[] bytes(Map<String, Object> fields) {
        try {
            return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not writable as JSON: " + fields, e);
        }
    }

    boolean has(String name) {
        return root.hasNonNull(name);
    }

    /** The object in a field, empty where there is none. */
    JsonFields group(String name) {
        return new JsonFields(file, root.path(name));
    }

    int positive(String name) {
        JsonNode value = root.path(name);
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() <= 0) {
            throw damaged(file, name + " is " + (has(name) ? value : "absent") + ", not a positive whole number", null);
        }
        return value.asInt();
    }

    int positive(String name, int byDefault) {
        return has(name) ? positive(name) : byDefault;
    }

    double number(String name) {
        JsonNode value = root.path(name);
        if (!value.isNumber()) {
            throw damaged(file, name + " is " + (has(name) ? value : "absent") + ", not a number", null);
        }
        return value.asDouble();
    }

    double number(String name, double byDefault) {
        return has(name) ? number(name) : byDefault;
    }

    String text(String name, String byDefault) {
        return has(name) ? root.path(name).asText() : byDefault;
    }

    boolean flag(String name, boolean byDefault) {
        return has(name) ? root.path(name).asBoolean() : byDefault;
    }

    private static DataException damaged(Path file, String what, Exception cause) {
        return new DataException(
                "the description of the model cannot be read: " + what,
                file.toString(),
                "Restore the file, or use another checkpoint",
                cause);
    }
}
