package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.retake.Retake;
import org.alluvium.trainer.retake.RetakenStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on where numbers come out a little differently. A module that brings a backend moves it there. */
public class MovedRunTest {

    private static final String ON_CPU = "train.backend=cpu";
    private static final double TOLERANCE = 1e-3; // of a loss in nats
    private static final Pattern LOSS = Pattern.compile("\"loss\":([^,]+),");

    @TempDir
    static Path folder;

    /** Nothing is done to it: tests go on with copies of what it was after step 3. */
    private static TestRun undisturbed;

    /** Another backend than the CPU's. */
    protected String elsewhere() {
        return "reference";
    }

    @BeforeAll
    static void trainOnTheCpu() {
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY), 7, 13, 2);
        undisturbed = new TestRun(folder, "undisturbed", "train.precision=fp32");
        undisturbed.trainTransformer(ON_CPU, "train.steps=3");
        undisturbed.trainTransformer(ON_CPU, "train.steps=8");
    }

    @Test
    void whatComputedIsKeptWithACheckpoint() {
        ComputedBy backend = undisturbed.newest().computedBy().orElseThrow();
        assertThat(backend.name()).isEqualTo("cpu");
        assertThat(undisturbed.event("start").text("backend")).startsWith("cpu (" + backend.detail());
        assertThat(undisturbed.event("resume").text("notes")).doesNotContain("computed by");
    }

    @Test
    void aRunThatWasKilledGoesOnElsewhereAndSaysSo() throws IOException {
        TestRun moved = killedAfterStep3("moved");

        assertThat(moved.trainTransformer("train.backend=" + elsewhere(), "train.steps=6"))
                .isEqualTo(ExitCode.OK);

        assertThat(moved.event("resume").text("notes")).contains("computed by cpu (", "by " + elsewhere() + " (");
        assertThat(moved.newest().computedBy().orElseThrow().name()).isEqualTo(elsewhere());
        List<String> journal = Files.readAllLines(moved.layout().journal());
        List<String> before = Files.readAllLines(undisturbed.layout().journal());
        assertThat(journal.subList(0, 8)).isEqualTo(before);
        assertThat(journal.get(8)).startsWith("{\"moved\":{\"afterStep\":3,\"to\":\"" + elsewhere() + " (");
        assertThat(journal.get(9)).startsWith("{\"step\":4,").isNotEqualTo(before.get(3));
        for (int step = 4; step <= 6; step++) {
            String here = before.get(step - 1);
            String there = journal.get(step + 5);
            assertThat(documents(there)).isEqualTo(documents(here));
            assertThat(loss(there)).isCloseTo(loss(here), within(TOLERANCE));
        }
        assertTakenAgainElsewhereOnly(moved);
    }

    @Test
    void aRunThatComesBackIsWhatItWouldHaveBeen() throws IOException {
        TestRun moved = killedAfterStep3("left");
        moved.trainTransformer("train.backend=" + elsewhere(), "train.steps=6");
        TestRun back = killedAfterStep3("back");
        Files.copy(moved.layout().journal(), back.layout().journal(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(back.trainTransformer(ON_CPU, "train.steps=8")).isEqualTo(ExitCode.OK);

        assertThat(back.event("resume").text("notes")).doesNotContain("computed by");
        assertThat(back.newestWeights()).isEqualTo(undisturbed.newestWeights());
        assertThat(Files.readAllLines(back.layout().journal()))
                .endsWith(Files.readAllLines(undisturbed.layout().journal())
                        .subList(3, 8)
                        .toArray(String[]::new));
    }

    /** Bits are those of what computed the steps last, whatever computed before the checkpoint. */
    private void assertTakenAgainElsewhereOnly(TestRun moved) {
        RetakenStep again = retaken(moved, "train.backend=" + elsewhere(), "train.steps=6");
        assertThat(again.checkpoint()).contains(moved.layout().checkpoint(3));
        assertThat(again.steps()).isEqualTo(2);
        assertThatThrownBy(() -> retaken(moved, ON_CPU, "train.steps=6"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("up to 5 were computed by " + elsewhere() + " (");
    }

    private static RetakenStep retaken(TestRun run, String... settings) {
        return Retake.of(run.config(settings), 5, (from, steps) -> done -> {});
    }

    /** The run as a kill after step 8 leaves it if the newest checkpoint is that of step 3. */
    private static TestRun killedAfterStep3(String name) throws IOException {
        TestRun killed = new TestRun(folder, name, "train.precision=fp32");
        Path checkpoint = new CheckpointFolder(undisturbed.layout()).paths().getLast();
        TestRun.copy(checkpoint, killed.layout().checkpoints().resolve(checkpoint.getFileName()));
        TestRun.copy(undisturbed.layout().journal(), killed.layout().journal());
        return killed;
    }

    private static String documents(String line) {
        return line.substring(0, line.indexOf("\"loss\"")).replaceAll(",\"lossBits\":\"[0-9a-f]+\"", "");
    }

    private static double loss(String line) {
        Matcher matcher = LOSS.matcher(line);
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
