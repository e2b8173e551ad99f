package org.alluvium.dashboard.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Keeps what pages ask: how runs are doing, what happened in them and in the corpus, their lines and their models. */
final class RecordedFacts {

    private static final List<String> MARKERS = List.of(
            "start", "resume", "stop", "checkpoint", "spike", "takedown", "alert", "error", "sample", "mixture");
    private static final int COMMITS = 120; // that the flow page asks for
    private static final int SPIKES = 5;
    private static final double AHEAD = 10; // times as many tokens the loss is drawn on for

    /** The example that the page of estimates begins with. */
    private static final Asked LARGE_MODEL = Asked.of(
            "estimate",
            "parameters",
            "175e9",
            "tokens",
            "300e9",
            "days",
            "30",
            "flops",
            "78e12",
            "watts",
            "700",
            "price",
            "2");

    private final Sheets sheets;
    private final Consumer<String> progress;

    RecordedFacts(Sheets sheets, Consumer<String> progress) {
        this.sheets = sheets;
        this.progress = progress;
    }

    /**
     * Keeps what is asked without naming a run.
     *
     * @param texts whether samples of what was left out are kept
     */
    void record(boolean texts) throws IOException, InterruptedException {
        progress.accept("the corpus");
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.ask(Asked.of("overview"));
            sheet.ask(Asked.of("runs"));
            sheet.ask(LARGE_MODEL);
            JsonNode flow = sheet.ask(Asked.of("flow")).orElse(MissingNode.getInstance());
            sheet.ask(Asked.of("commits", "count", COMMITS));
            if (texts) {
                List<String> reasons = new ArrayList<>();
                flow.at("/total/funnel/rejected").fieldNames().forEachRemaining(reasons::add);
                for (String reason : reasons) {
                    sheet.ask(Asked.of("samples", "reason", reason));
                }
            }
        }
    }

    /** Keeps all there is to know of a run. */
    void record(String run) throws IOException, InterruptedException {
        progress.accept("the lines of " + run);
        List<String> series = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        List<Long> kept = new ArrayList<>();
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.ask(Asked.of("series", "run", run))
                    .ifPresent(answer -> answer.path("series").forEach(name -> series.add(name.asText())));
            for (String type : MARKERS) {
                sheet.ask(Asked.of("markers", "run", run, "type", type));
            }
            sheet.ask(Asked.of("checkpoints", "run", run)).ifPresent(answer -> {
                steps.addAll(steps(answer, kind -> !kind.equals("unreadable")));
                kept.addAll(steps(answer, kind -> kind.equals("permanent")));
            });
            for (long step : steps) {
                sheet.ask(Asked.of("lineage/checkpoint", "run", run, "step", step));
            }
            JsonNode facts = sheets.hear(Asked.of("overview", "run", run)).orElse(MissingNode.getInstance());
            lineage(sheet, run, facts);
            sheet.ask(Asked.of("forecast", "run", run, "tokens", (long)
                    (AHEAD * facts.path("step").path("tokens").asLong())));
        }
        new RecordedLines(sheets, run).record(series);
        progress.accept("the checkpoints of " + run);
        new RecordedModels(sheets, run).record(steps, kept);
    }

    private static List<Long> steps(JsonNode answer, Predicate<String> kind) {
        return StreamSupport.stream(answer.path("checkpoints").spliterator(), false)
                .filter(each -> kind.test(each.path("kind").asText()))
                .map(each -> each.path("step").asLong())
                .sorted()
                .toList();
    }

    /** What the newest step learned from, and the newest spikes. */
    private void lineage(Sheets.Sheet sheet, String run, JsonNode facts) throws InterruptedException {
        long newest = facts.path("step").path("step").asLong();
        List<Long> steps = new ArrayList<>(List.of(newest));
        facts.path("alerts").forEach(alert -> {
            if (alert.path("type").asText().equals("spike") && steps.size() <= SPIKES) {
                steps.add(alert.path("step").asLong());
            }
        });
        for (long step : steps) {
            sheet.ask(Asked.of("lineage/steps", "run", run, "from", step, "to", step));
            sheet.ask(Asked.of("lineage/learned", "run", run, "from", step, "to", step));
        }
    }
}
