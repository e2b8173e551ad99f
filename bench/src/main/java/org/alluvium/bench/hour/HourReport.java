package org.alluvium.bench.hour;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.alluvium.bench.soak.Flatness;
import org.alluvium.bench.soak.Flatness.Measure;
import org.alluvium.bench.soak.Flatness.Trend;
import org.alluvium.bench.soak.ProcessProbe.Reading;
import org.alluvium.cli.sweep.CurvePlot;
import org.alluvium.cli.sweep.Outcome;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.event.Event;

/**
 * What an hour of training came to.
 *
 * @param moments looks at the process, in order, at least one
 * @param events of the run, in order
 */
record HourReport(List<Moment> moments, List<Event> events) {

    private static final int ROWS = 15;
    private static final double MIB = 1 << 20;

    HourReport {
        moments = List.copyOf(moments);
        events = List.copyOf(events);
    }

    /** How everything that must be flat went. */
    List<Trend> trends() {
        return new Flatness<>(Moment::minute, measures()).trends(moments);
    }

    private static List<Measure<Moment>> measures() {
        return List.of(
                level("heap after a collection, MiB", 8, reading -> reading.heapBytes() / MIB),
                level("resident memory, MiB", 32, reading -> reading.residentBytes() / MIB),
                level("file handles", 8, Reading::fileHandles),
                level("threads", 4, Reading::threads));
    }

    private static Measure<Moment> level(String name, double slack, ToDoubleFunction<Reading> value) {
        return Measure.level(name, slack, moment -> OptionalDouble.of(value.applyAsDouble(moment.process())));
    }

    /** Tables of the time, of what must be flat and of held-out documents; then what the run did besides, and what it said. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(overTime());
        lines.add("");
        lines.addAll(Flatness.table(trends()));
        lines.add("");
        lines.addAll(heldOut());
        lines.add("");
        lines.addAll(besides());
        lines.add("");
        lines.addAll(said());
        return lines;
    }

    private List<String> overTime() {
        List<String> lines = new ArrayList<>(List.of(
                "| minute | step | million tokens | bits per byte, before it was learned | tokens/s | heap MiB | resident MiB"
                        + " | handles | threads |",
                "|---|---|---|---|---|---|---|---|---|"));
        Instant before = Instant.MIN;
        int stride = Math.max(1, moments.size() / ROWS);
        for (int i = stride - 1; i < moments.size(); i += stride) {
            Moment moment = moments.get(i);
            List<Event> steps = between("step", before, moment.time());
            if (!steps.isEmpty()) {
                lines.add(row(moment, steps));
            }
            before = moment.time();
        }
        return lines;
    }

    private static String row(Moment moment, List<Event> steps) {
        Event last = steps.getLast();
        Reading process = moment.process();
        return String.format(
                Locale.ROOT,
                "| %.0f | %s | %.2f | %.4f | %s | %.1f | %.0f | %d | %d |",
                moment.minute(),
                Units.count((long) last.number("step", 0)),
                last.number("tokens", 0) / 1e6,
                mean(steps, "bitsPerByte"),
                Units.count(Math.round(mean(steps, "tokensPerSecond"))),
                process.heapBytes() / MIB,
                process.residentBytes() / MIB,
                process.fileHandles(),
                process.threads());
    }

    private List<String> heldOut() {
        List<String> lines = new ArrayList<>(List.of("| step | held-out bits per byte |", "|---|---|"));
        of("eval")
                .forEach(event -> lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %.4f |",
                        Units.count((long) event.number("step", 0)),
                        event.number("heldOutBitsPerByte", Double.NaN))));
        return lines;
    }

    private List<String> besides() {
        List<Event> checkpoints = of("checkpoint");
        double steps = of("step").stream()
                .mapToDouble(event -> event.number("stepMillis", 0))
                .sum();
        double stalled = checkpoints.stream()
                .mapToDouble(event -> event.number("stallMillis", 0))
                .sum();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d checkpoints; training stood still for %.3f %% of its time for them.",
                        checkpoints.size(),
                        100 * stalled / (steps + stalled)),
                "%d spikes, %d alerts."
                        .formatted(of("spike").size(), of("alert").size()));
    }

    private List<String> said() {
        List<String> lines = new ArrayList<>(List.of("| step | continued |", "|---|---|"));
        of("sample")
                .forEach(event -> lines.add("| %s | %s |"
                        .formatted(Units.count((long) event.number("step", 0)), cell(event.text("text")))));
        return lines;
    }

    /** A text as it can stand in a table. */
    private static String cell(String text) {
        return text.replace("\n", " ").replace("|", "\\|");
    }

    /** A picture of what was trained on, averaged between two looks, and of held-out documents. */
    String plot() {
        List<Outcome.Mark> trained = new ArrayList<>();
        Instant before = Instant.MIN;
        for (Moment moment : moments) {
            List<Event> steps = between("step", before, moment.time());
            if (!steps.isEmpty()) {
                long tokens = (long) steps.getLast().number("tokens", 0);
                trained.add(new Outcome.Mark(tokens, mean(steps, "bitsPerByte")));
            }
            before = moment.time();
        }
        return CurvePlot.svg(List.of(
                new CurvePlot.Series("before it was learned", trained),
                new CurvePlot.Series("held out", Outcome.of(events).heldOut())));
    }

    private List<Event> of(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    private List<Event> between(String type, Instant after, Instant upTo) {
        return of(type).stream()
                .filter(event -> event.time().isAfter(after) && !event.time().isAfter(upTo))
                .toList();
    }

    private static double mean(List<Event> events, String field) {
        return events.stream()
                .mapToDouble(event -> event.number(field, Double.NaN))
                .average()
                .orElse(Double.NaN);
    }
}
