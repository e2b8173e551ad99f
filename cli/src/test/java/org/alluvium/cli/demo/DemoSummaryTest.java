package org.alluvium.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.alluvium.cli.status.IngestProgress;
import org.alluvium.cli.status.TrainerProgress;
import org.alluvium.contracts.event.Event;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

    private static final Path FOLDER = Path.of(".alluvium/demo");
    private final TrainerProgress trainer = new TrainerProgress();

    private void add(String type, Map<String, Object> fields) {
        trainer.add(new Event(Instant.EPOCH, type, fields));
    }

    private List<String> lines(OptionalDouble gzip) {
        return DemoSummary.lines(new IngestProgress(), trainer, gzip, FOLDER);
    }

    @Test
    void theFirstAndTheLastSampleStandTogether() {
        add("sample", Map.of("step", 0, "prompt", "Herr", "text", "Herr xx\nyy"));
        add("sample", Map.of("step", 600, "prompt", "Herr", "text", "Herr Präsident"));
        assertThat(lines(OptionalDouble.empty()))
                .containsSubsequence("“Herr …”", "  step 0      xx yy", "  step 600    Präsident");
    }

    @Test
    void theModelIsComparedWithGzip() {
        add("eval", Map.of("step", 600, "heldOutBitsPerByte", 2.5, "heldOutBytes", 22_528));
        assertThat(lines(OptionalDouble.of(3.741)))
                .anyMatch(line -> line.contains("2.500 bits per byte on 22.0 KiB") && line.contains("3.741"))
                .anyMatch(line -> line.contains("The model is ahead."));
        assertThat(lines(OptionalDouble.of(2.4))).anyMatch(line -> line.contains("gzip is still ahead"));
        assertThat(lines(OptionalDouble.empty())).noneMatch(line -> line.contains("gzip"));
    }

    @Test
    void theNextCommandsCanBeCopiedAsTheyAre() {
        add("checkpoint", Map.of("step", 600, "path", "/somewhere/run/checkpoints/step-000000000600"));
        assertThat(lines(OptionalDouble.empty()))
                .anyMatch(line -> line.contains("--checkpoint .alluvium/demo/run/checkpoints/step-000000000600 "))
                .anyMatch(line -> line.contains("corpus stats --config .alluvium/demo/alluvium.yaml"));
    }
}
