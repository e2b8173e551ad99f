package org.alluvium.dashboard.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.alluvium.contracts.error.StorageException;

/**
 * Looks into a run's journal. Lines of steps that were undone are passed over, and so is a last line that is not whole yet, which never ends as a whole one does.
 */
public final class JournalSearch {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_STEPS = 200;
    private static final int MOST_DOCUMENTS = 2_000;

    private final Path journal;

    public JournalSearch(Path journal) {
        this.journal = journal;
    }

    /**
     * What a step learned from.
     *
     * @param step from 1
     * @param loss in nats per target
     * @param tokens of the step
     * @param skipped why it was not learned from, or an empty string
     * @param documents in packed order; where a document was asked for, that one alone
     */
    public record Step(long step, double loss, long tokens, String skipped, List<Part> documents) {}

    /**
     * What a step took of a document.
     *
     * @param id of the document
     * @param from the first token
     * @param tokens how many
     */
    public record Part(String id, long from, long tokens) {}

    /**
     * Some steps.
     *
     * @param steps in their order
     * @param cut whether there are more than are told
     */
    public record Found(List<Step> steps, boolean cut) {}

    /** The steps from one to another, both included. */
    public Found steps(long from, long to) {
        return search(line -> step(line) >= from && step(line) <= to, part -> true);
    }

    /** The steps that learned from a document. */
    public Found document(String id) {
        String quoted = JSON.createObjectNode().put("id", id).get("id").toString();
        return search(line -> line.contains(quoted), part -> part.id().equals(id));
    }

    /** The number that a line begins with, -1 if it is no line of a step. */
    private static long step(String line) {
        String begin = "{\"step\":";
        int end = line.indexOf(',');
        try {
            return line.startsWith(begin) && end > 0 ? Long.parseLong(line, begin.length(), end, 10) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Found search(Predicate<String> lines, Predicate<Part> parts) {
        if (Files.notExists(journal)) {
            return new Found(List.of(), false);
        }
        TreeMap<Long, Step> found = new TreeMap<>();
        boolean cut = false;
        try (BufferedReader reader = Files.newBufferedReader(journal)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{\"rewind\"")) {
                    found.tailMap(JSON.readTree(line).at("/rewind/afterStep").longValue(), false)
                            .clear();
                } else if (line.endsWith("\"}") && lines.test(line)) {
                    cut |= found.size() == MOST_STEPS;
                    if (found.size() < MOST_STEPS) {
                        Step step = parse(JSON.readTree(line), parts);
                        found.put(step.step(), step);
                    }
                }
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
        return new Found(List.copyOf(found.values()), cut);
    }

    private static Step parse(JsonNode line, Predicate<Part> parts) {
        List<Part> documents = new ArrayList<>();
        for (JsonNode document : line.path("documents")) {
            Part part = new Part(
                    document.path("id").asText(),
                    document.path("from").asLong(),
                    document.path("tokens").asLong());
            if (documents.size() < MOST_DOCUMENTS && parts.test(part)) {
                documents.add(part);
            }
        }
        return new Step(
                line.path("step").asLong(),
                line.path("loss").asDouble(),
                line.path("tokens").asLong(),
                line.path("skipped").asText(""),
                documents);
    }
}
