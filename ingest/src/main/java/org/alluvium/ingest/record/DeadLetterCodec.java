package org.alluvium.ingest.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.alluvium.contracts.error.DataException;

/**
 * The format of dead letters, version 1: one JSON object a line, in UTF-8, ended by a line feed.
 *
 * <pre>
 * version        integer   1
 * source         string    short name of the source
 * origin         string    relativePath#recordNumber
 * reason         string    {@link DeadLetterReason#code()}
 * detail         string    what was wrong, for people
 * excerpt        string    the first bytes of the record, where they are UTF-8
 * excerptBase64  string    the same in RFC 4648 Base64, where they are not
 * </pre>
 *
 * Exactly one of the last two is there. Readers ignore fields they do not know. Thread-safe.
 */
public final class DeadLetterCodec {

    private static final int VERSION = 1;
    private static final String EXCERPT = "excerpt";
    private static final String EXCERPT_BASE64 = "excerptBase64";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetterCodec() {}

    /** One line, without its line feed. */
    public static String encode(DeadLetter letter) {
        ObjectNode line = JSON.createObjectNode()
                .put("version", VERSION)
                .put("source", letter.source())
                .put("origin", letter.origin())
                .put("reason", letter.reason().code())
                .put("detail", letter.detail());
        if (Utf8.isValid(letter.excerpt())) {
            line.put(EXCERPT, new String(letter.excerpt(), StandardCharsets.UTF_8));
        } else {
            line.put(EXCERPT_BASE64, letter.excerpt());
        }
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a tree of strings was not written", impossible);
        }
    }

    /**
     * The dead letter of a line.
     *
     * @throws DataException if the line is not one, or of a newer version
     */
    public static DeadLetter decode(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.path("version").asInt() != VERSION) {
                throw damaged("version " + json.path("version") + " is not " + VERSION, null);
            }
            byte[] excerpt = json.has(EXCERPT)
                    ? json.required(EXCERPT).asText().getBytes(StandardCharsets.UTF_8)
                    : json.required(EXCERPT_BASE64).binaryValue();
            return new DeadLetter(
                    json.required("source").asText(),
                    json.required("origin").asText(),
                    DeadLetterReason.ofCode(json.required("reason").asText()),
                    json.required("detail").asText(),
                    excerpt);
        } catch (IOException | IllegalArgumentException malformed) {
            throw damaged(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static DataException damaged(String what, Throwable cause) {
        return new DataException(
                "not a dead letter of version " + VERSION + " (" + what + ")",
                "line of a dead-letter file",
                "Check the file's digest against the shard log with 'alluvium corpus verify'",
                cause);
    }
}
