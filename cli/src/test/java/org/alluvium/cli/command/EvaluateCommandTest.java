package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.cli.fixture.QuietTraining;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of one step, and half of a corpus of twenty documents that it has not seen. */
class EvaluateCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private String printed = "";
    private String complaints = "";

    @BeforeEach
    void trainForOneStep() throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: { dir: corpus }
                model: { preset: tiny, context: 16, layers: 1, channels: 16, heads: 2, kvHeads: 1 }
                train:
                  run: run
                  steps: 1
                  batch: 1
                  shuffleWindow: 1
                  backend: reference
                  eval: { heldOutPermille: 500, everySteps: 0, sampleEverySteps: 0 }
                """);
        AlluviumConfig config = ConfigLoader.load(file, List.of());
        NumberedCorpus.write(config, 20);
        QuietTraining.run(config);
    }

    @Test
    void heldOutDocumentsAreScoredBySourceAndLanguage() throws IOException {
        assertThat(run("--config", path("alluvium.yaml"), "--json")).isZero();

        JsonNode heldOut = JSON.readTree(printed).path("heldOut");
        assertThat(heldOut.path("documents").asInt()).isEqualTo(10);
        assertThat(heldOut.path("bitsPerByte").asDouble()).isBetween(1.0, 13.0);
        assertThat(heldOut.path("bySource").fieldNames()).toIterable().containsExactly("even", "odd");
        assertThat(heldOut.path("byLanguage").fieldNames()).toIterable().containsExactly("en");
    }

    @Test
    void suitesThatAreNamedAreAskedAlone() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), """
                {"sentence_good": "The cats sleep.", "sentence_bad": "The cats sleeps.", "linguistics_term": "agreement"}
                {"sentence_good": "She sees herself.", "sentence_bad": "She sees himself.", "linguistics_term": "binding"}
                """);

        assertThat(run("--suite", "blimp=" + pairs)).isZero();
        assertThat(printed)
                .contains("accuracy/agreement", "accuracy/binding", "blimp")
                .doesNotContain("held-out");
        assertThat(run("--suite", "blimp=" + pairs, "--limit", "1", "--json")).isZero();
        assertThat(JSON.readTree(printed).at("/suites/blimp/questions").asInt()).isEqualTo(1);
    }

    @Test
    void aSuiteThatIsNotThereIsNamed() {
        assertThat(run("--suite", "lambada=" + path("missing.jsonl"))).isEqualTo(ExitCode.STORAGE.code());
        assertThat(complaints).contains("missing.jsonl");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--checkpoint", path("run")));
        all.addAll(List.of(arguments));
        CommandRun run = CommandRun.of("evaluate", all);
        printed = run.out();
        complaints = run.err();
        return run.code();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
