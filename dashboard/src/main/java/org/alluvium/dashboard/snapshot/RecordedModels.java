package org.alluvium.dashboard.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Keeps what the models of a run's checkpoints say: how the first differs from the last, and what some of them make of the texts
 * that pages offer. Of a long run these are the first, the last, and some between.
 */
final class RecordedModels {

    private static final int MOST_CHECKPOINTS = 8;

    /** Those of the pages where a run has none of its own; what somebody writes there needs a model. */
    static final List<String> TEXTS = List.of(
            "The animal didn't cross the street because it was too tired.",
            "The trophy does not fit into the suitcase because it is too large.",
            "When Mary and John went to the shop, John gave a drink to Mary.",
            "The capital of France is Paris, and the capital of Italy is Rome.",
            "one two three four five one two three four five one two three");

    private final Sheets sheets;
    private final String run;
    private final List<String> texts = new ArrayList<>();

    RecordedModels(Sheets sheets, String run) {
        this.sheets = sheets;
        this.run = run;
    }

    /**
     * Keeps answers about checkpoints, and what was kept of those that are gone.
     *
     * @param steps after which there are some, in ascending order
     * @param kept those of them that are kept for good, of which pages compare the first with the last
     */
    void record(List<Long> steps, List<Long> kept) throws IOException, InterruptedException {
        List<Long> shown = some(probed(steps));
        if (!steps.isEmpty()) {
            List<Long> compared = kept.size() > 1 ? kept : steps;
            compare(compared.getFirst(), compared.getLast());
            maps(steps);
        }
        for (long step : shown) {
            probe(step, step == shown.getLast() ? texts : texts.subList(0, 1));
        }
    }

    /** All tokens as points, laid onto those of the newest checkpoint; and what tints them there. */
    private void maps(List<Long> steps) throws IOException, InterruptedException {
        long last = steps.getLast();
        for (long step : some(steps)) {
            Asked map = Asked.of("embedding/map", "run", run, "step", step, "kind", "principal");
            try (Sheets.Sheet sheet = sheets.new Sheet()) {
                sheet.ask(step == last ? map : map.and("onto", last));
            }
        }
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.ask(Asked.of("embedding/map", "run", run, "step", last, "kind", "neighbours"));
        }
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.ask(Asked.of("embedding/frequency", "run", run, "step", last));
            if (steps.size() > 1) {
                sheet.ask(Asked.of("embedding/change", "run", run, "a", steps.get(steps.size() - 2), "b", last));
            }
        }
    }

    /** Keeps which texts the run asks about; the steps that there is something to read of, which ascend. */
    private List<Long> probed(List<Long> checkpoints) throws IOException, InterruptedException {
        SortedSet<Long> steps = new TreeSet<>(checkpoints);
        JsonNode probes = sheets.hear(Asked.of("probes", "run", run)).orElse(MissingNode.getInstance());
        probes.path("steps").forEach(step -> steps.add(step.asLong()));
        probes.path("texts").forEach(text -> texts.add(text.asText()));
        List<Long> probed = List.copyOf(steps);
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.put(Asked.of("probes", "run", run), Map.of("texts", List.copyOf(texts), "steps", some(probed)));
        }
        if (texts.isEmpty()) {
            texts.addAll(TEXTS);
        }
        return probed;
    }

    private static List<Long> some(List<Long> steps) {
        int count = Math.min(MOST_CHECKPOINTS, steps.size());
        return IntStream.range(0, count)
                .mapToObj(i -> steps.get(count == 1 ? 0 : (int) ((long) i * (steps.size() - 1) / (count - 1))))
                .toList();
    }

    private void compare(long a, long b) throws IOException, InterruptedException {
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.ask(Asked.of("compare", "run", run, "a", a, "b", b));
            sheet.ask(Asked.of("embedding/moved", "run", run, "a", a, "b", b));
            sheet.ask(Asked.of("embedding/map", "run", run, "step", a));
            sheet.ask(Asked.of("embedding/map", "run", run, "step", b, "onto", a));
            for (String text : texts) {
                sheet.ask(Asked.of("attention/change", "run", run, "a", a, "b", b, "text", text));
            }
        }
    }

    /** Readings of every text; where heads look, in some of them. */
    private void probe(long step, List<String> attended) throws IOException, InterruptedException {
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            for (String text : texts) {
                sheet.ask(Asked.of("reading", "run", run, "step", step, "text", text));
            }
        }
        for (String text : attended) {
            try (Sheets.Sheet sheet = sheets.new Sheet()) {
                Optional<JsonNode> view = sheet.ask(Asked.of("attention", "run", run, "step", step, "text", text));
                for (JsonNode head : view.map(answer -> answer.path("heads")).orElse(MissingNode.getInstance())) {
                    sheet.ask(Asked.of(
                            "attention/head",
                            "run",
                            run,
                            "step",
                            step,
                            "text",
                            text,
                            "layer",
                            head.path("layer"),
                            "head",
                            head.path("head")));
                }
            }
        }
    }
}
