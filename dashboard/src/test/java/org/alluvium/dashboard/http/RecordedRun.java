package org.alluvium.dashboard.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlertConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.alert.AlertSettings;
import org.alluvium.trainer.checkpoint.Checkpoint;

/** A small run with everything that the dashboard shows: steps with a spike, evaluations, two checkpoints, a corpus. */
public record RecordedRun(RunLayout run, CorpusLayout corpus) {

    public static final int STEPS = 240;
    private static final Path CHECKPOINTS =
            Path.of("..", "trainer", "src", "test", "resources", "org", "alluvium", "trainer", "checkpoint");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** When the newest commit was made. */
    static final Instant END = BEGIN.plusSeconds(3_720);

    public static RecordedRun create(Path folder) throws IOException {
        RecordedRun recorded = new RecordedRun(
                new RunLayout(folder.resolve("main")).create(), new CorpusLayout(folder.resolve("corpus")).create());
        recorded.writeEvents();
        recorded.writeJournal();
        RecordedCorpus.write(recorded.corpus(), BEGIN, END);
        copy(CHECKPOINTS.resolve("golden-0.1"), recorded.run().checkpoint(120));
        copy(CHECKPOINTS.resolve("golden-0.3"), recorded.run().checkpoint(240));
        RecordedProbes.write(recorded.run(), BEGIN);
        Checkpoint newest = Checkpoint.open(recorded.run().checkpoint(240));
        new RecordedShards(recorded.corpus(), newest.vocabulary()).write();
        return recorded;
    }

    /** Everything, with a rule that the spike meets, and one for a series that there is not. */
    DashboardServer.Shown shown() {
        AlertSettings alerts = new AlertSettings(
                true,
                List.of(above("loss jumps", "step/loss", 12), above("gradient explodes", "step/gradNrom", 100)),
                Optional.empty());
        return new DashboardServer.Shown(Map.of("main", run), Optional.of(corpus), alerts);
    }

    private static AlertConfig above(String name, String series, double bound) {
        return new AlertConfig(
                name,
                series,
                Optional.of(bound),
                Optional.empty(),
                false,
                Optional.empty(),
                1,
                Duration.ZERO,
                AlertConfig.Level.CRITICAL);
    }

    private void writeEvents() throws IOException {
        StringBuilder events = new StringBuilder();
        events.append(event(0, "start", """
                "parameters":7047424,"flopsPerToken":43843584,"peakFlops":3.4e11,"settings":{"train.steps":1000,\
                "train.checkpoint.every":"PT60S","train.checkpoint.permanentEverySteps":120,"train.seed":1}"""));
        for (int step = 1; step <= STEPS; step++) {
            events.append(step(step, step == 150 ? 17.5 : loss(step)));
            if (step % 60 == 0) {
                events.append(
                        event(step, "eval", """
                        "step":%d,"heldOutBitsPerByte":%s,"heldOutBytes":9000,"heldOutDocuments":12,"bySource":\
                        {"web":{"bitsPerByte":%s},"books":{"bitsPerByte":%s}},"byLanguage":{}""".formatted(step, loss(step) / 3, loss(step) / 3, loss(step) / 2.5)));
            }
            if (step % 60 == 0) {
                events.append(event(step, "days", days(step)));
            }
            if (step % 120 == 0) {
                events.append(event(step, "checkpoint", """
                        "step":%d,"path":"step-%d","bytes":15000,"stallMillis":5.5,"writeMillis":130.5,"kind":"permanent",\
                        "deleted":[]""".formatted(step, step)));
            }
        }
        events.append(event(150, "spike", """
                "step":150,"reason":"loss 17.5","action":"accepted","documents":[{"source":"web","origin":"part-0.jsonl@150",\
                "id":"document-150","contentHash":"00","firstStep":149,"lossPerToken":17.625}]"""));
        events.append(event(STEPS, "alert", "\"what\":\"freshness\",\"message\":\"<b>old</b> documents\""));
        events.append(event(STEPS, "stop", "\"step\":240,\"reason\":\"stopped by the user\""));
        Files.writeString(run.events(), events);
    }

    /** Learned from day after day: the newer a day, the later it is known. */
    private static String days(int step) {
        StringJoiner byDay = new StringJoiner(",");
        for (int day = 1; day <= 9; day++) {
            byDay.add("\"2025-12-0%d\":{\"bitsPerByte\":%s,\"standardError\":0.04,\"documents\":20}"
                    .formatted(day, loss(step) / 3 + Math.max(0, day * 30 - step) / 500.0));
        }
        return "\"step\":%d,\"throughEntry\":9,\"byDay\":{%s}".formatted(step, byDay);
    }

    private static double loss(int step) {
        return 4 + 5 * Math.exp(-step / 80.0) + 0.05 * Math.sin(step * 2.4);
    }

    static String step(int step, double loss) {
        return event(step, "step", """
                "step":%d,"tokens":%d,"loss":%s,"bitsPerByte":%s,"learningRate":0.002,"gradNorm":0.7,"tokensPerSecond":4100.5,\
                "mfu":0.31,"stepMillis":490.25,"waitMillis":2.5,"asideMillis":1.5,"forwardMillis":120,\
                "outputMillis":150,"backwardMillis":200,"updateMillis":20,"waitShare":0.01,"lagTokens":268000,"lagSeconds":250,\
                "eventLagSeconds":600,"logEntry":%d""".formatted(step, step * 2048, loss, loss / 3, 1 + step / 20));
    }

    private static String event(int step, String type, String fields) {
        return String.format(
                Locale.ROOT, "{\"time\":\"%s\",\"type\":\"%s\",%s}%n", BEGIN.plusSeconds(step), type, fields);
    }

    private void writeJournal() throws IOException {
        StringBuilder journal = new StringBuilder();
        for (int step = 1; step <= STEPS; step++) {
            journal.append("""
                    {"step":%d,"window":0,"documents":[{"id":"document-%d","row":%s,"from":0,"tokens":2000},\
                    {"id":"document-%d","row":%s,"from":0,"tokens":48}],"tokens":2048,"loss":%s,"gradNormBits":"3f"}
                    """.formatted(step, step, row(step), step + 1, row(step + 1), loss(step)));
        }
        Files.writeString(run.journal(), journal);
    }

    /** Where {@link RecordedShards} has a document that was learned from. */
    private static String row(int document) {
        int entry = document <= 40 ? 1 : 4 + (document - 41) / RecordedShards.ROWS;
        int row = document <= 40 ? document - 1 : (document - 41) % RecordedShards.ROWS;
        return "[" + entry + ",0," + row + "]";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
