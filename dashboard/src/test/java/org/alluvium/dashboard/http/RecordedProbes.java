package org.alluvium.dashboard.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.probe.ProbeFolder;
import org.alluvium.trainer.probe.ProbeReport;
import org.alluvium.trainer.probe.ProbeText;

/** What two checkpoints of a recorded run made of its probe texts, and one that is gone. */
final class RecordedProbes {

    static final List<String> TEXTS = List.of(
            "The animal didn't cross the street because it was too tired.", "A text that this run alone asks about.");

    private RecordedProbes() {}

    /** Writes reports after steps 60, 120 and 240, and tells of them; there are checkpoints after the last two. */
    static void write(RunLayout run, Instant begin) throws IOException {
        ProbeFolder probes = new ProbeFolder(run);
        StringBuilder events = new StringBuilder();
        for (int step : new int[] {60, 120, 240}) {
            ProbeReport report = report(step, run.checkpoint(Math.max(120, step)));
            probes.write(report);
            events.append("{\"time\":\"%s\",\"type\":\"probe\",\"step\":%d,%s%n"
                    .formatted(
                            begin.plusSeconds(step),
                            step,
                            Reply.jsonText(report.figures()).substring(1)));
        }
        Files.writeString(run.events(), events, StandardOpenOption.APPEND);
    }

    private static ProbeReport report(int step, Path path) {
        Checkpoint checkpoint = Checkpoint.open(path);
        List<ProbeText> texts = ProbeText.of(TEXTS, checkpoint.vocabulary(), checkpoint.ends());
        try (TrainableModel model = TrainableModels.create(
                checkpoint.shape(),
                TrainingSetup.toEvaluate(1),
                TrainConfig.Backend.CPU,
                TrainConfig.Precision.FP32,
                1)) {
            checkpoint.restoreWeights(model);
            return ProbeReport.of(step, model, texts, checkpoint.vocabulary(), () -> {});
        }
    }
}
