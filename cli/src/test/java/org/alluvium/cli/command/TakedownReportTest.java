package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import org.alluvium.trainer.branch.DecayBranch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a takedown says of a run of three steps, each with a checkpoint. */
class TakedownReportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private Path yaml;

    @BeforeEach
    void train() throws IOException {
        yaml = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: { dir: corpus }
                model: { preset: tiny, context: 16, layers: 1, channels: 16, heads: 2, kvHeads: 1 }
                train:
                  run: run
                  batch: 1
                  accumulate: 2
                  shuffleWindow: 4
                  backend: reference
                  optimizer: { warmupSteps: 1 }
                  eval: { heldOutPermille: 0, everySteps: 0, sampleEverySteps: 0 }
                  checkpoint: { keepTemporary: 10, permanentEverySteps: 0 }
                """);
        NumberedCorpus.write(config(1), 20);
        for (int steps = 1; steps <= 3; steps++) {
            QuietTraining.run(config(steps));
        }
    }

    @Test
    void theLastCleanCheckpointIsNamedWithWhatLearningAgainTakes() throws IOException {
        String id = begunIn(3);
        String report = takeDown(id);

        assertThat(report)
                .contains(path("run") + ": learned from 1 of them in 1 step, 3")
                .contains("held by checkpoints [3]")
                .contains(
                        "the last checkpoint without them is of step 2: 'alluvium train --from 2' learns 1 step again, 32"
                                + " tokens, in about ");
    }

    @Test
    void whoWentBackBeforeNamesTheTakedown() throws IOException {
        takeDown(begunIn(3));
        QuietTraining.from(2, config(3));
        JsonNode report = JSON.readTree(takedown(begunIn(3), "--json").out());

        assertThat(report.at("/runs/0/clean").asLong()).isEqualTo(2);
        assertThat(report.at("/runs/0/through").asLong()).isEqualTo(3);
        assertThat(report.at("/runs/0/secondsAgain").asDouble()).isPositive();
    }

    @Test
    void aDryRunSaysThatTheTakedownHasToBeNamed() throws IOException {
        takeDown(begunIn(3));
        QuietTraining.from(2, config(3));

        assertThat(takedown(begunIn(3), "--dry-run").out()).contains("'alluvium train --from 2 --through TAKEDOWN'");
        QuietTraining.run(config(3));
        assertThat(takeDown(begunIn(3))).contains("'alluvium train --from 2 --through 3'");
    }

    @Test
    void branchesAndRunsThatBeganWithItsModelsAreLookedThrough() throws IOException {
        String id = begunIn(2);
        CommandRun export =
                CommandRun.of("export", "--run", path("run"), "--step", "2", "--dtype", "f32", path("model"));
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(folder.resolve("model/origin.json")).content().doesNotContain(folder.toString());
        List<String> other = List.of("train.run=" + path("other"), "train.initFrom=" + path("model"), "train.steps=1");
        QuietTraining.run(ConfigLoader.load(yaml, other));
        DecayBranch branch = DecayBranch.of(config(3).train(), 1);
        QuietTraining.run(ConfigLoader.load(yaml, branch.overrides()));

        String report = takedown(id, "--run", path("other")).out();
        assertThat(report)
                .contains(path("run/branches/step-000000000003-decay-1") + ": learned from 1 of them in ")
                .contains("held by checkpoints [3, 4]")
                .contains("delete the branch and begin another once the run has gone back, 4 steps again")
                .contains("began with " + path("model") + ", which holds them by step 2 of " + path("run")
                        + ": 1 step, 2")
                .contains("held by checkpoints [1]")
                .contains("another train.run begins with another model, 1 step again");
    }

    private AlluviumConfig config(int steps) {
        return ConfigLoader.load(yaml, List.of("train.steps=" + steps));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** A document that the step has begun with, and no other had part of. */
    private String begunIn(int step) throws IOException {
        for (String line :
                Files.readAllLines(folder.resolve("run/journal.jsonl")).reversed()) {
            JsonNode json = JSON.readTree(line);
            for (JsonNode document : json.path("documents")) {
                if (json.path("step").asInt() == step && document.get("from").asInt() == 0) {
                    return document.get("id").asText();
                }
            }
        }
        throw new AssertionError("step " + step + " begins no document");
    }

    private String takeDown(String id) {
        CommandRun run = takedown(id);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private CommandRun takedown(String id, String... more) {
        List<String> all = new ArrayList<>(
                List.of("--doc", id, "--reason", "asked", "--corpus", path("corpus"), "--run", path("run")));
        all.addAll(List.of(more));
        return CommandRun.of("takedown", all);
    }
}
