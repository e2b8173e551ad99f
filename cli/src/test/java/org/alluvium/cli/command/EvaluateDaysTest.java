package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.cli.fixture.QuietTraining;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.RunLayout;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten documents of each of four days, half of them held out, and a model that has learned from some of the documents of the first days. */
class EvaluateDaysTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private String printed = "";
    private String complaints = "";

    @BeforeAll
    static void trainTwice() throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: { dir: corpus }
                model: { preset: tiny, context: 16, layers: 1, channels: 16, heads: 2, kvHeads: 1 }
                train:
                  run: run
                  batch: 4
                  shuffleWindow: 2
                  backend: reference
                  optimizer: { learningRate: 0.02, warmupSteps: 1 }
                  checkpoint: { keepTemporary: 10 }
                  eval: { heldOutPermille: 500, everySteps: 2, sampleEverySteps: 0, documentsOfDay: 3 }
                """);
        NumberedCorpus.write(config(file, 1), 40, 10, Instant.parse("2026-11-20T08:00:00Z"));
        for (int steps = 1; steps <= 2; steps++) {
            QuietTraining.run(config(file, steps));
        }
    }

    private static AlluviumConfig config(Path file, int steps) {
        return ConfigLoader.load(file, List.of("train.steps=" + steps));
    }

    @Test
    void daysAreScoredBySideOfTheNewestThatWasLearnedFrom() throws IOException {
        assertThat(run("--by", "day", "--checkpoint", path("run"), "--json")).isZero();

        JsonNode days = JSON.readTree(printed).path("days");
        assertThat(days)
                .extracting(day -> day.path("day").asText())
                .containsExactly("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23");
        assertThat(days)
                .extracting(day -> day.at("/checkpoints/0/is").asText())
                .endsWith("to come")
                .contains("newest");
        assertThat(days).allSatisfy(day -> {
            assertThat(day.path("documents").asInt()).isEqualTo(5);
            assertThat(day.path("bytes").asInt()).isPositive();
            assertThat(day.at("/checkpoints/0/bitsPerByte").asDouble()).isBetween(0.1, 13.0);
            assertThat(day.at("/checkpoints/0/standardError").asDouble()).isPositive();
        });
        assertThat(complaints).contains("scoring step 2");
    }

    @Test
    void twoCheckpointsAreComparedOnTheSameDocuments() throws IOException {
        String first = path("run/checkpoints/step-000000000001");
        assertThat(run("--by", "day", "--checkpoint", first, "--after", path("run"), "--documents", "3", "--json"))
                .isZero();

        for (JsonNode day : JSON.readTree(printed).path("days")) {
            double before = day.at("/checkpoints/0/bitsPerByte").asDouble();
            double after = day.at("/checkpoints/1/bitsPerByte").asDouble();
            assertThat(day.path("documents").asInt()).isEqualTo(3);
            assertThat(after).as("everything was new").isLessThan(before);
            assertThat(day.at("/difference/bitsPerByte").asDouble()).isCloseTo(after - before, Offset.offset(1e-9));
            assertThat(day.at("/difference/standardError").asDouble()).isPositive();
        }
        String json = printed;
        assertThat(run("--by", "day", "--checkpoint", first, "--after", path("run"), "--threads", "2", "--json"))
                .isZero();
        assertThat(JSON.readTree(json).path("checkpoints"))
                .isEqualTo(JSON.readTree(printed).path("checkpoints"));
        assertThat(run("--by", "day", "--checkpoint", first, "--after", path("run")))
                .isZero();
        assertThat(printed)
                .contains("before: " + first, "difference", "learned after")
                .contains("\n2026-11-23 ");
    }

    @Test
    void trainingSaysTheSame() throws IOException {
        assertThat(run(
                        "--by",
                        "day",
                        "--checkpoint",
                        path("run"),
                        "--documents",
                        "3",
                        "--backend",
                        "reference",
                        "--json"))
                .isZero();

        Event event = EventReader.readAll(new RunLayout(folder.resolve("run")).events()).stream()
                .filter(each -> each.type().equals("days") && each.number("step", 0) == 2)
                .findFirst()
                .orElseThrow();
        JsonNode byDay = JSON.valueToTree(event.fields()).path("byDay");
        assertThat(byDay).hasSize(4);
        for (JsonNode day : JSON.readTree(printed).path("days")) {
            assertThat(byDay.path(day.path("day").asText()).path("bitsPerByte"))
                    .isEqualTo(day.at("/checkpoints/0/bitsPerByte"));
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThat(run("--checkpoint", path("run"), "--after", path("run"))).isEqualTo(ExitCode.USAGE.code());
        assertThat(complaints).contains("--after needs --by day");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", path("alluvium.yaml")));
        all.addAll(List.of(arguments));
        CommandRun run = CommandRun.of("evaluate", all);
        printed = run.out();
        complaints = run.err();
        return run.code();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }
}
