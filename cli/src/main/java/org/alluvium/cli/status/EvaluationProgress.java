package org.alluvium.cli.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.event.Event;

/** The newest evaluations of a training run. Fed with its events in the order of the file; not thread-safe. */
public final class EvaluationProgress {

    /** The part that is all of it. */
    public static final String ALL = "all";

    private final Map<String, SuiteFigures> suites = new LinkedHashMap<>();
    private Optional<PartScores> heldOut = Optional.empty();
    private Optional<PartScores> prequential = Optional.empty();

    /**
     * Bits per byte of parts of some texts.
     *
     * @param step after which they were scored
     * @param bitsPerByte by part: {@link #ALL}, then {@code source …} and {@code language …}
     */
    public record PartScores(long step, Map<String, Double> bitsPerByte) {}

    /** What the answers to a suite came to after a step. */
    public record SuiteFigures(long step, long questions, Map<String, Double> figures) {}

    void add(Event event) {
        switch (event.type()) {
            case "eval" -> heldOut = Optional.of(scores(event, "heldOutBitsPerByte", "bitsPerByte"));
            case "prequential" -> prequential = Optional.of(scores(event, "recentBitsPerByte", "recentBitsPerByte"));
            case "suite" ->
                suites.put(
                        event.text("suite"),
                        new SuiteFigures(
                                step(event),
                                Math.round(event.number("questions", 0)),
                                numbers(event.fields().get("figures"))));
            default -> {
                // no evaluation
            }
        }
    }

    private static PartScores scores(Event event, String ofAll, String ofPart) {
        Map<String, Double> bitsPerByte = new LinkedHashMap<>();
        bitsPerByte.put(ALL, event.number(ofAll, Double.NaN));
        addParts(bitsPerByte, "source ", event.fields().get("bySource"), ofPart);
        addParts(bitsPerByte, "language ", event.fields().get("byLanguage"), ofPart);
        return new PartScores(step(event), bitsPerByte);
    }

    private static void addParts(Map<String, Double> bitsPerByte, String kind, Object parts, String field) {
        if (parts instanceof Map<?, ?> byName) {
            byName.forEach((name, part) -> bitsPerByte.put(
                    kind + name, part instanceof Map<?, ?> fields ? number(fields.get(field)) : Double.NaN));
        }
    }

    private static Map<String, Double> numbers(Object value) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, number) -> numbers.put(String.valueOf(name), number(number)));
        }
        return numbers;
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static long step(Event event) {
        return Math.round(event.number("step", 0));
    }

    /** Of documents that are never learned from. */
    public Optional<PartScores> heldOut() {
        return heldOut;
    }

    /** Of documents before they were learned from, of the steps before the newest report. */
    public Optional<PartScores> prequential() {
        return prequential;
    }

    /** By the name of the suite. */
    public Map<String, SuiteFigures> suites() {
        return Collections.unmodifiableMap(suites);
    }
}
