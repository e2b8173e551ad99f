package org.alluvium.trainer.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecayBranchTest {

    private static final int STEPS = 4;

    @TempDir
    private Path folder;

    private TestRun main;

    @BeforeEach
    void trainWithoutDecay() {
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY), 7, 13, 2);
        main = new TestRun(folder, "main");
        main.train("train.steps=9");
    }

    @Test
    void aBranchIsTheRunThatWasPlannedToEndThere() throws IOException {
        TestRun planned = new TestRun(folder, "planned");
        planned.train("train.steps=13", "train.optimizer.decaySteps=4");

        Checkpoint release = newest(train(branch()));

        assertThat(release.step()).isEqualTo(13);
        assertThat(release.state().learningRate()).isZero();
        assertThat(Files.readAllBytes(release.path().resolve("model.safetensors")))
                .isEqualTo(planned.newestWeights());
    }

    @Test
    void theRunItComesFromIsLeftAlone() throws IOException {
        Map<String, byte[]> before = files();
        train(branch());
        Map<String, byte[]> after = files();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
    }

    @Test
    void aBranchThatWasInterruptedGoesOnAlthoughTheRunHasGoneOn() {
        DecayBranch begun = branch();
        main.train("train.steps=10");
        assertThat(branch()).isEqualTo(begun);

        train(begun);
        assertThat(branch().from()).isEqualTo(10);
    }

    @Test
    void whatWasCopiedInPartIsCopiedAgain() throws IOException {
        DecayBranch begun = branch();
        try (Stream<Path> files = Files.list(begun.layout().checkpoint(9))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(begun.layout().checkpoint(9));
        Files.writeString(begun.layout().journal(), "{");

        assertThat(newest(train(branch())).step()).isEqualTo(13);
    }

    @Test
    void aRunWithoutACheckpointHasNoBranches() {
        TestRun fresh = new TestRun(folder, "fresh");
        assertThatThrownBy(() -> DecayBranch.of(fresh.config().train(), STEPS))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no checkpoint");
    }

    @Test
    void aRateThatIsNotConstantIsRefused() {
        assertThatThrownBy(() -> DecayBranch.of(
                        main.config("train.optimizer.warmupSteps=10").train(), STEPS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("warmup");
        assertThatThrownBy(() -> DecayBranch.of(
                        main.config("train.steps=10", "train.optimizer.decaySteps=5")
                                .train(),
                        STEPS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("decay");
        assertThatThrownBy(() -> DecayBranch.of(
                        main.config("train.steps=100", "train.optimizer.schedule=cosine")
                                .train(),
                        STEPS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cosine");
    }

    private DecayBranch branch() {
        return DecayBranch.of(main.config().train(), STEPS);
    }

    private DecayBranch train(DecayBranch branch) {
        assertThat(main.train(branch.overrides().toArray(String[]::new))).isEqualTo(ExitCode.OK);
        return branch;
    }

    private static Checkpoint newest(DecayBranch branch) {
        return new CheckpointFolder(branch.layout()).newest().checkpoint().orElseThrow();
    }

    /** Everything in the main run's folder but its branches. */
    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(main.layout().root())) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(main.layout().branches()))
                    .toList()) {
                files.put(file.toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
