package org.alluvium.ingest.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.error.DataException;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;

/**
 * A dead letter of a corpus as one JSON object in one line, for people, for pipes, and for being fed back. Version 2:
 *
 * <pre>
 * version      integer   2
 * letter       string    {@link LetterId}
 * refusedAt    string    ISO 8601, when the log entry of that number was created
 * source       string    short name of the source
 * origin       string    path@offset or topic-partition@offset
 * time         string    ISO 8601, the record's own time as the source tells it
 * key          string    key of the message; absent where there was none
 * attempt      integer   how often the record has been tried
 * reason       string    {@link DeadLetterReason#code()}
 * detail       string    what was wrong, for people
 * length       integer   bytes of the record; -1 where that is not known
 * text         string    the record, or its beginning where that is shorter, if it is UTF-8
 * base64       string    the same in RFC 4648 Base64, if it is not
 * </pre>
 *
 * Exactly one of the last two is there. Readers ignore fields they do not know.
 *
 * <p>Version 1 was the format of dead letters at rest, and is still read: source, origin (as {@code path#record}), reason,
 * detail, and at most 16,384 bytes of the record as {@code excerpt} or {@code excerptBase64}. Thread-safe.
 */
public final class DeadLetterJson {

    private static final int VERSION = 2;
    private static final int EXCERPT_BYTES_OF_VERSION_1 = 16 * 1024;

    /** What version 1 said of more than one record, or of one that was too long. */
    private static final Set<DeadLetterReason> NOT_OF_ONE_RECORD = EnumSet.of(
            DeadLetterReason.LINE_TOO_LONG,
            DeadLetterReason.FILE_UNREADABLE,
            DeadLetterReason.FILE_MISSING,
            DeadLetterReason.FILE_DAMAGED,
            DeadLetterReason.FILE_CHANGED);

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetterJson() {}

    /** One line, without its line feed. */
    public static String encode(StoredLetter stored) {
        DeadLetter letter = stored.letter();
        ObjectNode line = JSON.createObjectNode()
                .put("version", VERSION)
                .put("letter", stored.id().toString())
                .put("refusedAt", stored.refusedAt().toString())
                .put("source", letter.source())
                .put("origin", letter.origin())
                .put("time", Instant.ofEpochMilli(letter.timeMillis()).toString());
        letter.key().ifPresent(key -> line.put("key", key));
        line.put("attempt", letter.attempt())
                .put("reason", letter.reason().code())
                .put("detail", letter.detail())
                .put("length", letter.length());
        String text = new String(letter.bytes(), StandardCharsets.UTF_8);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), letter.bytes())) {
            line.put("text", text);
        } else {
            line.put("base64", letter.bytes());
        }
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a tree of strings was not written", impossible);
        }
    }

    /**
     * The letter of a line of version 2.
     *
     * @throws DataException if the line is not one, or of another version
     */
    public static StoredLetter decode(byte[] line) {
        try {
            JsonNode json = readVersion(line, VERSION);
            DeadLetter letter = new DeadLetter(
                    json.required("source").asText(),
                    json.required("origin").asText(),
                    Instant.parse(json.required("time").asText()).toEpochMilli(),
                    Optional.ofNullable(json.get("key")).map(JsonNode::asText),
                    json.required("attempt").asInt(),
                    DeadLetterReason.ofCode(json.required("reason").asText()),
                    json.required("detail").asText(),
                    bytes(json, "text", "base64"),
                    json.required("length").asLong());
            return new StoredLetter(
                    LetterId.parse(json.required("letter").asText()),
                    Instant.parse(json.required("refusedAt").asText()),
                    letter);
        } catch (IOException | IllegalArgumentException | DateTimeException malformed) {
            throw damaged(VERSION, malformed);
        }
    }

    /**
     * The letter of a line of version 1.
     *
     * @param timeMillis stands for the record's own time, which that version does not keep
     */
    static DeadLetter decodeVersion1(byte[] line, long timeMillis) {
        try {
            JsonNode json = readVersion(line, 1);
            DeadLetterReason reason =
                    DeadLetterReason.ofCode(json.required("reason").asText());
            byte[] bytes = bytes(json, "excerpt", "excerptBase64");
            boolean whole = bytes.length < EXCERPT_BYTES_OF_VERSION_1 && !NOT_OF_ONE_RECORD.contains(reason);
            return new DeadLetter(
                    json.required("source").asText(),
                    json.required("origin").asText(),
                    timeMillis,
                    Optional.empty(),
                    1,
                    reason,
                    json.required("detail").asText(),
                    bytes,
                    whole ? bytes.length : DeadLetter.UNKNOWN_LENGTH);
        } catch (IOException | IllegalArgumentException malformed) {
            throw damaged(1, malformed);
        }
    }

    private static JsonNode readVersion(byte[] line, int version) throws IOException {
        JsonNode json = JSON.readTree(line);
        if (json.path("version").asInt() != version) {
            throw new IllegalArgumentException("it says version " + json.path("version"));
        }
        return json;
    }

    private static byte[] bytes(JsonNode json, String text, String base64) throws IOException {
        return json.has(text)
                ? json.get(text).asText().getBytes(StandardCharsets.UTF_8)
                : json.required(base64).binaryValue();
    }

    private static DataException damaged(int version, Exception cause) {
        return new DataException(
                "not a dead letter of version " + version + " (" + cause.getMessage() + ")",
                "line of a dead-letter file",
                "Check the corpus with 'alluvium corpus verify', and restore the file from a copy",
                cause);
    }
}
