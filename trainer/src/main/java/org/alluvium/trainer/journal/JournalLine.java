package org.alluvium.trainer.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.guard.LeftOut;
import org.alluvium.trainer.guard.Verdict;
import org.alluvium.trainer.step.StepResult;

/**
 * What one step did, as a line of the journal. Equal steps have equal lines, byte for byte: there is no time in them, and
 * floating-point numbers stand with their bits beside them.
 *
 * @param step from 1
 * @param text the JSON, without its line end
 */
public record JournalLine(long step, String text) {

    private static final String REWIND = "rewind";
    private static final String MOVED = "moved";
    private static final String TAKEDOWN = "takedown";

    private static final String ROW = "row";
    private static final String SKIPPED = "skipped";

    /** Where a document's row is; as with losses, no string can hold it. */
    private static final Pattern DOCUMENT_ROW = Pattern.compile(",\"row\":\\[\\d+,\\d+,\\d+]");

    /** The last field of a document. In a string its quotation marks would have backslashes, and that of the step is not a last one. */
    private static final Pattern DOCUMENT_LOSS = Pattern.compile(",\"lossBits\":\"[0-9a-f]+\"(?=})");

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** The line of a step; the format is specified at {@link Journal}. */
    public static JournalLine of(StepBatch batch, StepResult result, Verdict verdict) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", result.step());
        line.put("window", batch.window());
        ArrayNode documents = line.putArray("documents");
        for (PieceLoss loss : result.pieces()) {
            Piece piece = loss.piece();
            ObjectNode document = documents.addObject();
            document.put("id", piece.document().id());
            RowPlace row = piece.document().provenance().row();
            document.putArray(ROW).add(row.entry()).add(row.shard()).add(row.row());
            document.put("from", piece.from());
            document.put("tokens", piece.tokens());
            if (piece.document().isReplayed()) {
                document.put("replay", true);
            }
            document.put("lossBits", bits(loss.lossSum()));
        }
        line.put("tokens", batch.tokens());
        putExactly(line, "loss", result.loss());
        line.put("learningRate", result.learningRate());
        putExactly(line, "gradNorm", result.gradNorm());
        skipped(verdict).ifPresent(reason -> line.put(SKIPPED, reason));
        return new JournalLine(result.step(), line.toString());
    }

    /**
     * Whether a line that was recorded before says the same of the step. One that an older release wrote says nothing of the
     * rows of documents, or neither of these nor of their losses.
     */
    boolean agrees(String recorded) {
        String withoutRows = DOCUMENT_ROW.matcher(text).replaceAll("");
        return recorded.equals(text)
                || recorded.equals(withoutRows)
                || recorded.equals(DOCUMENT_LOSS.matcher(withoutRows).replaceAll(""));
    }

    /**
     * The leaves by which a checkpoint commits to what the step learned from, a line of JSON without white space for each piece of
     * a document: {@code {"step":17,"row":[entry,shard,row],"id":string,"from":int,"tokens":int}}. None if it was skipped.
     *
     * @throws DataException if a release that did not note rows wrote the line, or it is none of a step
     */
    public List<String> consumed() {
        JsonNode line = parse(text);
        List<String> leaves = new ArrayList<>();
        if (line.has(SKIPPED)) {
            return leaves;
        }
        for (JsonNode document : line.path("documents")) {
            if (!document.has(ROW)) {
                throw new DataException(
                        "the line does not say which rows the step learned from: an older release wrote it",
                        "journal, step " + step,
                        "Nothing can be proved of this step");
            }
            ObjectNode leaf = JSON.createObjectNode().put("step", step);
            leaf.set(ROW, document.get(ROW));
            leaf.set("id", document.get("id"));
            leaf.set("from", document.get("from"));
            leaf.set("tokens", document.get("tokens"));
            leaves.add(leaf.toString());
        }
        return leaves;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "a line is no JSON: " + brief(text),
                    "journal",
                    "Restore the journal from a copy, or begin a new run in another folder",
                    e);
        }
    }

    private static Optional<String> skipped(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Skipped skipped -> Optional.of(skipped.reason());
            case Verdict.Rewound rewound -> Optional.of(rewound.rewind().reason());
            case Verdict.Calm _, Verdict.Yielded _, Verdict.Diverged _ -> Optional.empty();
        };
    }

    /**
     * That another backend went on.
     *
     * @param afterStep step that it went on from
     * @param to the backend in words
     */
    record Move(long afterStep, String to) {}

    /**
     * That documents are taken down.
     *
     * @param afterStep the last step that is as if nothing had been
     * @param through sequence of the newest takedown that holds from then on
     * @param back whether somebody asked for it, who wanted the run to go back to that step
     */
    public record Taken(
            long afterStep,
            long through,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean back) {}

    /**
     * What a step took of a document.
     *
     * @param id of the document
     * @param row where the document stands; empty of a line that a release wrote which did not note it
     * @param from its first token
     * @param tokens how many from there on
     */
    public record Part(String id, Optional<RowPlace> row, int from, int tokens) {}

    /** What a line says about takedowns; empty if it is another line, or none of a journal. */
    static Optional<Taken> taken(String text) {
        return value(text, TAKEDOWN, Taken.class);
    }

    /** What the line of a step names of which documents, in its order; nothing if it is another line. */
    static List<Part> parts(String text) {
        try {
            return JSON.readTree(text)
                    .path("documents")
                    .valueStream()
                    .map(JournalLine::part)
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static Part part(JsonNode document) {
        JsonNode row = document.path(ROW);
        return new Part(
                document.path("id").asText(),
                row.size() == 3
                        ? Optional.of(new RowPlace(
                                row.get(0).asLong(),
                                row.get(1).asInt(),
                                row.get(2).asLong()))
                        : Optional.empty(),
                document.path("from").asInt(),
                document.path("tokens").asInt());
    }

    /** What the step learned of which documents, in its order; nothing if it was skipped. */
    List<Part> learned() {
        return parse(text).has(SKIPPED) ? List.of() : parts(text);
    }

    /** The last step that counts of those before the line, if it is one that makes later ones void. */
    static Optional<Long> lastThatCounts(String text) {
        return rewind(text)
                .map(LeftOut.Rewind::afterStep)
                .or(() -> move(text).map(Move::afterStep))
                .or(() -> taken(text).map(Taken::afterStep));
    }

    /** The line that says that later steps are taken without what was taken down. */
    static String text(Taken taken) {
        return text(TAKEDOWN, taken);
    }

    /** The line that says that the run goes back. */
    static String text(LeftOut.Rewind rewind) {
        return text(REWIND, rewind);
    }

    /** The line that says that another backend goes on after a step. */
    static String moved(long afterStep, String to) {
        return text(MOVED, new Move(afterStep, to));
    }

    private static String text(String name, Object value) {
        try {
            return JSON.writeValueAsString(Map.of(name, value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value, e);
        }
    }

    /** What a line says about going back; empty if it is another line, or none of a journal. */
    static Optional<LeftOut.Rewind> rewind(String text) {
        return value(text, REWIND, LeftOut.Rewind.class);
    }

    /** What a line says about another backend; empty if it is another line, or none of a journal. */
    static Optional<Move> move(String text) {
        return value(text, MOVED, Move.class);
    }

    private static <T> Optional<T> value(String text, String name, Class<T> type) {
        if (!text.startsWith("{\"" + name + "\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.treeToValue(JSON.readTree(text).get(name), type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The fields in which a later line of the step differs from this one, with what they were and are. */
    public List<String> differences(JournalLine later) {
        try {
            ObjectNode before = (ObjectNode) JSON.readTree(text);
            ObjectNode now = (ObjectNode) JSON.readTree(later.text);
            return before.propertyStream()
                    .filter(field -> !field.getValue().equals(now.get(field.getKey())))
                    .map(field ->
                            field.getKey() + " was " + brief(field.getValue().toString()) + " and is now "
                                    + brief(String.valueOf(now.get(field.getKey()))))
                    .toList();
        } catch (JsonProcessingException | ClassCastException e) {
            return List.of("it is not a line of a journal: " + brief(text));
        }
    }

    private static String brief(String value) {
        return value.length() <= 60 ? value : value.substring(0, 57) + "...";
    }

    private static void putExactly(ObjectNode line, String name, double value) {
        line.put(name, value);
        line.put(name + "Bits", bits(value));
    }

    private static String bits(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }
}
