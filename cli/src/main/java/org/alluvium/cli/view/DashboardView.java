package org.alluvium.cli.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.cli.view.DashboardSnapshot.Activity;
import org.alluvium.cli.view.DashboardSnapshot.Alerts;
import org.alluvium.cli.view.DashboardSnapshot.Guard;
import org.alluvium.cli.view.DashboardSnapshot.Ingest;
import org.alluvium.cli.view.DashboardSnapshot.Step;
import org.alluvium.cli.view.DashboardSnapshot.TextSample;
import org.alluvium.cli.view.DashboardSnapshot.Trainer;

/** Turns a snapshot into text: a block of lines for a terminal, or one line for a log. Pure functions. */
public final class DashboardView {

    private static final int LABEL = 12;
    private static final int SAMPLE_LINES = 2;

    private DashboardView() {}

    /**
     * The block for a terminal.
     *
     * @param columns width of the terminal; no line is wider
     * @param rows height of the terminal; the block is lower, and leaves out samples first
     */
    public static List<String> block(DashboardSnapshot snapshot, int columns, int rows, boolean colors) {
        List<Line> lines = new ArrayList<>();
        String elapsed = snapshot.elapsed().isZero() ? "" : Units.duration(snapshot.elapsed());
        lines.add(Line.EMPTY.and(snapshot.title(), Style.BOLD).and(gap(elapsed), Style.FAINT));
        lines.addAll(ingest(snapshot.ingest()));
        lines.addAll(trainer(snapshot.trainer(), columns));
        for (TextSample sample : snapshot.samples()) {
            lines.addAll(sample(sample, columns));
        }
        return lines.stream()
                .limit(Math.max(1, rows - 1))
                .map(line -> line.render(columns, colors))
                .toList();
    }

    /** One line for a log that nobody redraws. */
    public static String logLine(DashboardSnapshot snapshot) {
        Trainer trainer = snapshot.trainer();
        Ingest ingest = snapshot.ingest();
        String step = trainer.latest()
                .map(latest -> "%s loss %s %s bits/byte %s tokens/s"
                        .formatted(
                                stepOf(trainer, latest),
                                Units.decimal(latest.loss(), 3),
                                Units.decimal(latest.bitsPerByte(), 3),
                                Units.rate(latest.tokensPerSecond())))
                .orElse("no step yet");
        return "%s  trainer %s: %s, lag %s tokens %s%s | ingest %s: %s documents (%s/s), %s commits"
                .formatted(
                        clock(snapshot.elapsed()),
                        words(trainer.activity()),
                        step,
                        Units.count(trainer.lagTokens()),
                        Units.duration(trainer.lag()),
                        troubles(trainer),
                        words(ingest.activity()),
                        Units.count(ingest.documents()),
                        Units.rate(ingest.documentsPerSecond()),
                        Units.count(ingest.commits()));
    }

    private static String troubles(Trainer trainer) {
        long alerts = trainer.alerts().map(Alerts::count).orElse(0L);
        return Stream.concat(guardWords(trainer.guard()).stream(), counted(alerts, "alert", "alerts").stream())
                .map(words -> ", " + words)
                .collect(Collectors.joining());
    }

    private static List<Line> ingest(Ingest ingest) {
        Line counts = label("documents")
                .and(Units.count(ingest.documents()), Style.BOLD)
                .and("  %s/s".formatted(Units.rate(ingest.documentsPerSecond())))
                .and("   %s commits   %s tokens"
                        .formatted(Units.count(ingest.commits()), Units.count(ingest.tokens())));
        if (ingest.duplicates() > 0) {
            counts = counts.and("   " + Units.count(ingest.duplicates()) + " duplicates", Style.FAINT);
        }
        if (ingest.deadLetters() > 0) {
            counts = counts.and("   " + Units.count(ingest.deadLetters()) + " dead letters", Style.CARE);
        }
        if (ingest.filtered() > 0) {
            counts = counts.and("   " + Units.count(ingest.filtered()) + " filtered", Style.FAINT);
        }
        Line head = activity("ingest", ingest.activity()).and(gap(ingest.feed()), Style.FAINT);
        return List.of(head, counts);
    }

    private static List<Line> trainer(Trainer trainer, int columns) {
        List<Line> lines = new ArrayList<>();
        Line head = activity("trainer", trainer.activity());
        if (trainer.remaining().isPresent()) {
            head = head.and("   " + Units.duration(trainer.remaining().get()) + " to go", Style.FAINT);
        }
        lines.add(head);
        trainer.latest().ifPresent(latest -> {
            lines.add(label("step")
                    .and(stepNumbers(trainer, latest), Style.BOLD)
                    .and("   %s tokens/s   %s tokens learned from"
                            .formatted(Units.rate(latest.tokensPerSecond()), Units.count(latest.tokens()))));
            Line quality = label("loss")
                    .and(Units.decimal(latest.loss(), 3), Style.BOLD)
                    .and("   %s bits/byte".formatted(Units.decimal(latest.bitsPerByte(), 3)));
            if (trainer.heldOut().isPresent()) {
                quality = quality.and("   held-out %s (step %s)"
                        .formatted(
                                Units.decimal(trainer.heldOut().get().bitsPerByte(), 3),
                                Units.count(trainer.heldOut().get().step())));
            }
            lines.add(quality);
            lines.add(label("").and(Sparkline.of(trainer.bitsPerByte(), Math.min(60, columns - LABEL)), Style.CURVE));
        });
        lines.add(label("lag")
                .and("%s tokens   %s".formatted(Units.count(trainer.lagTokens()), Units.duration(trainer.lag()))));
        trainer.checkpoint()
                .ifPresent(checkpoint -> lines.add(label("checkpoint")
                        .and("step %s, %s ago"
                                .formatted(Units.count(checkpoint.step()), Units.duration(checkpoint.age())))));
        lines.addAll(guard(trainer.guard()));
        trainer.takenDown()
                .ifPresent(taken -> lines.add(label("takedown")
                        .and("from step %s on without what takedowns up to %s select"
                                .formatted(Units.count(taken.afterStep() + 1), Units.count(taken.through())))));
        trainer.alerts().ifPresent(alerts -> lines.add(alerts(alerts)));
        return lines;
    }

    private static List<Line> guard(Guard guard) {
        List<String> words = guardWords(guard);
        List<Line> lines = new ArrayList<>();
        guard.newest().filter(_ -> !words.isEmpty()).ifPresent(spike -> {
            lines.add(label("guard").and(String.join("   ", words), Style.CARE));
            String back = spike.action().equals("rewound") ? " to step " + Units.count(spike.toStep()) : "";
            lines.add(label("")
                    .and("step %s %s%s: %s"
                            .formatted(Units.count(spike.step()), spike.action(), back, spike.reason())));
        });
        return lines;
    }

    /** What there is to count, each with its number. */
    private static List<String> guardWords(Guard guard) {
        return Stream.of(
                        counted(guard.skipped(), "step skipped", "steps skipped"),
                        counted(guard.accepted(), "spike accepted", "spikes accepted"),
                        counted(guard.rewinds(), "rewind", "rewinds"),
                        counted(guard.leftOut().size(), "document left out", "documents left out"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> counted(long count, String one, String many) {
        return count == 0 ? Optional.empty() : Optional.of(Units.count(count) + " " + (count == 1 ? one : many));
    }

    private static Line alerts(Alerts alerts) {
        String before = alerts.count() == 1 ? "" : ", the last of " + Units.count(alerts.count());
        return label("alert")
                .and("%s ago%s: ".formatted(Units.duration(alerts.age()), before), Style.BAD)
                .and(alerts.what() + ": " + alerts.message());
    }

    private static List<Line> sample(TextSample sample, int columns) {
        List<Line> lines = new ArrayList<>();
        String text = Columns.printable(sample.prompt() + " ▸ " + sample.text().strip());
        List<String> wrapped = Columns.wrap(text, Math.max(10, columns - LABEL), SAMPLE_LINES);
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add(label(i == 0 ? "at step " + sample.step() : "").and(wrapped.get(i), Style.FAINT));
        }
        return lines;
    }

    private static Line activity(String process, Activity activity) {
        Style style = switch (activity.kind()) {
            case RUNNING, DONE -> Style.GOOD;
            case STARTING, WAITING, STOPPED -> Style.CARE;
            case RESTARTING, FAILED -> Style.BAD;
        };
        return label(process).and(words(activity), style);
    }

    private static String words(Activity activity) {
        String kind = activity.kind().name().toLowerCase(Locale.ROOT);
        return activity.detail().isEmpty() ? kind : kind + " (" + activity.detail() + ")";
    }

    private static String stepOf(Trainer trainer, Step latest) {
        return "step " + stepNumbers(trainer, latest);
    }

    private static String stepNumbers(Trainer trainer, Step latest) {
        return trainer.steps() == 0
                ? Units.count(latest.step())
                : Units.count(latest.step()) + " / " + Units.count(trainer.steps());
    }

    private static Line label(String text) {
        return Line.EMPTY.and(String.format(Locale.ROOT, "%-" + LABEL + "s", text), Style.FAINT);
    }

    private static String gap(String text) {
        return text.isEmpty() ? "" : "   " + text;
    }

    /** 00:02:31. */
    private static String clock(Duration elapsed) {
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d", elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }
}
