package org.alluvium.cli.chaos.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/**
 * A run's journal, read as it grows; a line counts once its line feed is there. A line about takedowns makes later steps void.
 * For one thread.
 */
final class JournalView {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<Named> order = new ArrayList<>();
    private final Map<String, List<Piece>> pieces = new LinkedHashMap<>();
    private final Map<String, Long> knowing = new HashMap<>();
    private final List<Again> again = new ArrayList<>();
    private long position;
    private long step;
    private long through = -1;
    private long back = -1;

    /** What one step learned of a document: tokens from one on, so many. */
    record Piece(long step, int from, int tokens) {}

    /** A step that counts has learned from a document. */
    private record Named(long step, String id) {}

    /**
     * Steps were undone and taken again.
     *
     * @param afterStep the last one before
     * @param undone documents in the order in which they were learned from at first
     * @param again the same of the steps that took their place, as far as these have come; filled when that is asked for
     */
    record Again(long afterStep, Set<String> undone, Set<String> again) {}

    JournalView(Path file) {
        this.file = file;
    }

    /** Reads what has come since the last look; true if there was anything. */
    boolean look() {
        if (!Files.exists(file)) {
            return false;
        }
        long before = position;
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
        return position > before;
    }

    private void read(JsonNode line) {
        JsonNode takedown = line.path("takedown");
        if (takedown.isObject()) {
            through = Math.max(through, takedown.get("through").asLong());
            back = takedown.path("back").asBoolean() ? takedown.get("through").asLong() : back;
            undo(takedown.get("afterStep").asLong());
            return;
        }
        if (line.path("step").asLong(-1) != step + 1) {
            throw new DataException(
                    "after step " + step + " comes " + line,
                    file.toString(),
                    "A run that is not guarded and stays on one backend has one line for each step, in order");
        }
        step++;
        for (JsonNode document : line.get("documents")) {
            String id = document.get("id").asText();
            order.add(new Named(step, id));
            knowing.put(id, through);
            pieces.computeIfAbsent(id, any -> new ArrayList<>())
                    .add(new Piece(
                            step,
                            document.get("from").asInt(),
                            document.get("tokens").asInt()));
        }
    }

    /** Steps after this one are void. */
    private void undo(long afterStep) {
        if (afterStep > step) {
            throw new DataException(
                    "after step " + step + " the run went back to step " + afterStep,
                    file.toString(),
                    "It can only go back to a step that it has taken");
        }
        Set<String> undone = since(afterStep);
        if (!undone.isEmpty()) {
            closeLast();
            again.add(new Again(afterStep, undone, new LinkedHashSet<>()));
        }
        order.removeIf(named -> named.step() > afterStep);
        undone.forEach(id -> pieces.get(id).removeIf(piece -> piece.step() > afterStep));
        pieces.values().removeIf(List::isEmpty);
        step = afterStep;
    }

    private void closeLast() {
        if (!again.isEmpty()) {
            again.getLast().again().addAll(since(again.getLast().afterStep()));
        }
    }

    /** Documents in the order in which the steps after one have learned from them. */
    private Set<String> since(long afterStep) {
        Set<String> ids = new LinkedHashSet<>();
        order.stream().filter(named -> named.step() > afterStep).forEach(named -> ids.add(named.id()));
        return ids;
    }

    long step() {
        return step;
    }

    /** What was learned of each document, in order, by steps that count. */
    Map<String, List<Piece>> pieces() {
        return pieces;
    }

    /** The first step that counts and has learned from one of the documents. */
    OptionalLong firstStep(List<String> ids) {
        return ids.stream()
                .flatMap(id -> pieces.getOrDefault(id, List.of()).stream())
                .mapToLong(Piece::step)
                .min();
    }

    /** For each document that a step has ever learned from: the newest takedown that the journal had named when one did so last. */
    Map<String, Long> knowing() {
        return knowing;
    }

    /** The takedown for which the run was made to go back last; -1 if it was not. */
    long wentBackFor() {
        return back;
    }

    /** Each time that steps were undone, in order. */
    List<Again> again() {
        closeLast();
        return again;
    }
}
