package org.alluvium.cli.chaos.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/** A run's journal, read as it grows; a line counts once its line feed is there. For one thread. */
final class JournalView {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, List<Piece>> pieces = new LinkedHashMap<>();
    private long position;
    private long step;

    /** What one step learned of a document: tokens from one on, so many. */
    record Piece(long step, int from, int tokens) {}

    JournalView(Path file) {
        this.file = file;
    }

    /** Reads what has come since the last look; true if there were steps. */
    boolean look() {
        if (!Files.exists(file)) {
            return false;
        }
        long before = step;
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, journal.length() - position)];
            journal.seek(position);
            int read = Math.max(0, journal.read(bytes));
            String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1); // a byte a letter, to count them
            int whole = text.lastIndexOf('\n') + 1;
            for (String line : text.substring(0, whole).lines().toList()) {
                read(JSON.readTree(line.getBytes(StandardCharsets.ISO_8859_1)));
            }
            position += whole;
        } catch (IOException e) {
            throw StorageException.of("read the journal", file, e);
        }
        return step > before;
    }

    private void read(JsonNode line) {
        if (line.path("step").asLong(-1) != step + 1) {
            throw new DataException(
                    "after step " + step + " comes " + line,
                    file.toString(),
                    "A run that is not guarded and stays on one backend has one line for each step, in order");
        }
        step++;
        for (JsonNode document : line.get("documents")) {
            pieces.computeIfAbsent(document.get("id").asText(), id -> new ArrayList<>())
                    .add(new Piece(
                            step,
                            document.get("from").asInt(),
                            document.get("tokens").asInt()));
        }
    }

    long step() {
        return step;
    }

    /** What was learned of each document, in order. */
    Map<String, List<Piece>> pieces() {
        return pieces;
    }
}
