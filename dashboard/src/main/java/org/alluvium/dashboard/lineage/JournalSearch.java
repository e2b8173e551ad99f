package org.alluvium.dashboard.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.dashboard.lineage.LineReader.Line;

/**
 * Looks into a run's journal. Lines of steps that were undone are passed over, and so is a last line that is not whole yet.
 * Thread-safe.
 */
public final class JournalSearch {

    private static final int MOST_STEPS = 200;
    private static final int MOST_DOCUMENTS = 2_000;

    private final JournalIndex index;

    public JournalSearch(Path journal) {
        this(new JournalIndex(journal));
    }

    JournalSearch(JournalIndex index) {
        this.index = index;
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
     * @param lossSum what was lost on their targets, in nats; empty in lines of releases that did not tell
     * @param replay whether the document had been learned from before, and was replayed
     * @param row where the document lies in the corpus; empty in lines of releases that did not tell
     */
    public record Part(
            String id, long from, long tokens, Optional<Double> lossSum, boolean replay, Optional<RowPlace> row) {

        /** Of a document that is new to the run, as a release that did not tell rows has it. */
        public Part(String id, long from, long tokens, Optional<Double> lossSum) {
            this(id, from, tokens, lossSum, false, Optional.empty());
        }

        /** The parts of both: of a document that several steps learned from, or one step twice. */
        Part and(Part other) {
            Optional<Double> sum = lossSum.flatMap(loss -> other.lossSum.map(more -> loss + more));
            return new Part(id, Math.min(from, other.from), tokens + other.tokens, sum, replay && other.replay, row);
        }
    }

    /**
     * Some steps.
     *
     * @param steps in their order
     * @param cut whether there are more than are told
     */
    public record Found(List<Step> steps, boolean cut) {}

    /** The steps from one to another, both included. */
    public Found steps(long from, long to) {
        Gathered gathered = new Gathered(part -> true);
        index.steps(from, to, gathered::add);
        return gathered.found();
    }

    /** Has somebody look at the steps from one to another, both included, one by one and with all of their documents. */
    public void forEach(long from, long to, Consumer<Step> reader) {
        index.steps(from, to, line -> {
            reader.accept(Gathered.parse(JournalLines.json(line), Integer.MAX_VALUE, part -> true));
            return true;
        });
    }

    /** The steps that learned from a document. */
    public Found document(String id) {
        Gathered gathered = new Gathered(part -> part.id().equals(id));
        index.naming(id, gathered::add);
        return gathered.found();
    }

    /** Steps as they are found, until there are enough. */
    private static final class Gathered {

        private final Predicate<Part> wanted;
        private final List<Step> steps = new ArrayList<>();
        private boolean cut;

        Gathered(Predicate<Part> wanted) {
            this.wanted = wanted;
        }

        boolean add(Line line) throws IOException {
            cut = steps.size() == MOST_STEPS;
            if (!cut) {
                steps.add(parse(JournalLines.json(line), MOST_DOCUMENTS, wanted));
            }
            return !cut;
        }

        Found found() {
            return new Found(List.copyOf(steps), cut);
        }

        static Step parse(JsonNode line, int mostDocuments, Predicate<Part> wanted) {
            List<Part> documents = new ArrayList<>();
            for (JsonNode document : line.path("documents")) {
                Part part = new Part(
                        document.path("id").asText(),
                        document.path("from").asLong(),
                        document.path("tokens").asLong(),
                        lossSum(document.path("lossBits").asText("")),
                        document.path("replay").asBoolean(),
                        row(document.path("row")));
                if (documents.size() < mostDocuments && wanted.test(part)) {
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

        private static Optional<RowPlace> row(JsonNode row) {
            return row.size() == 3
                    ? Optional.of(new RowPlace(
                            row.path(0).asLong(),
                            row.path(1).asInt(),
                            row.path(2).asLong()))
                    : Optional.empty();
        }

        private static Optional<Double> lossSum(String bits) {
            return bits.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)));
        }
    }
}
