package org.alluvium.contracts.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.alluvium.contracts.error.DataException;

/**
 * The format of changes, version 1: one JSON object a line, in UTF-8, ended by a line feed. Files of them are gzipped (RFC
 * 1952).
 *
 * <pre>
 * version    integer   1
 * source     string    short name of the source
 * id         string    id of the document
 * kind       string    superseded | deleted
 * withdrawn  string    content hash of the version that is withdrawn, 32 hexadecimal digits; absent if it is not known
 * origin     string    place of the record that says so
 * time       string    its event time, ISO 8601 in UTC
 * </pre>
 *
 * The members mean what the components of {@link DocumentChange} mean. Readers ignore members they do not know.
 * Thread-safe.
 */
public final class ChangeCodec {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangeCodec() {}

    /** One line, without its line feed. */
    public static String encode(DocumentChange change) {
        ObjectNode line = JSON.createObjectNode()
                .put("version", VERSION)
                .put("source", change.source())
                .put("id", change.id())
                .put("kind", change.kind().name().toLowerCase(Locale.ROOT));
        change.withdrawn().ifPresent(hash -> line.put("withdrawn", hash.toString()));
        return line.put("origin", change.origin())
                .put("time", Instant.ofEpochMilli(change.timeMillis()).toString())
                .toString();
    }

    /**
     * The change of a line.
     *
     * @throws DataException if the line is not one, or of a newer version
     */
    public static DocumentChange decode(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.path("version").asInt() != VERSION) {
                throw damaged("version " + json.path("version") + " is not " + VERSION, null);
            }
            return new DocumentChange(
                    json.required("source").asText(),
                    json.required("id").asText(),
                    DocumentChange.Kind.valueOf(json.required("kind").asText().toUpperCase(Locale.ROOT)),
                    Optional.ofNullable(json.get("withdrawn")).map(hash -> ContentHash.parse(hash.asText())),
                    json.required("origin").asText(),
                    Instant.parse(json.required("time").asText()).toEpochMilli());
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException malformed) {
            throw damaged(malformed.getMessage(), malformed);
        }
    }

    /**
     * The changes of a file, in its order.
     *
     * @throws DataException if a line is not a change
     * @throws IOException if the file cannot be read
     */
    public static List<DocumentChange> readFile(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<DocumentChange> changes = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                changes.add(decode(line));
            }
            return changes;
        }
    }

    private static DataException damaged(String what, Throwable cause) {
        return new DataException(
                "not a change of version " + VERSION + " (" + what + ")",
                "line of a file of changes",
                "Check the file's digest against the shard log with 'alluvium corpus verify'",
                cause);
    }
}
