package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.probe.ProbeFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of what checkpoints make of probe texts: of each exactly one, whatever happens to the run. */
class ProbedRunTest {

    private static final String[] PROBED = {"train.probes.texts=[\"a1 a2 a3\", \"a4\"]", "train.steps=7"};

    @TempDir
    private Path folder;

    @BeforeEach
    void createCorpus() {
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY), 7, 13, 2);
    }

    @Test
    void everyCheckpointHasAReportAndTheModelIsTheSameWithoutThem() throws IOException {
        TestRun probed = new TestRun(folder, "probed", PROBED);
        String everyOther = "train.checkpoint.permanentEverySteps=2";
        assertThat(probed.trainTransformer(everyOther)).isEqualTo(ExitCode.OK);
        TestRun plain = new TestRun(folder, "plain", PROBED);
        assertThat(plain.trainTransformer("train.probes.texts=[]")).isEqualTo(ExitCode.OK);

        assertThat(probed.newestWeights()).isEqualTo(plain.newestWeights());
        assertThat(probed.layout().journal())
                .hasSameTextualContentAs(plain.layout().journal());
        List<Long> checkpoints = new CheckpointFolder(probed.layout())
                .paths().reversed().stream()
                        .map(path -> RunLayout.stepOf(path).orElseThrow())
                        .toList();
        assertThat(checkpoints).hasSizeGreaterThan(1);
        assertThat(new ProbeFolder(probed.layout()).steps()).isEqualTo(checkpoints);
        assertThat(new ProbeFolder(plain.layout()).steps()).isEmpty();
        assertThat(told(probed)).isEqualTo(checkpoints);
        assertThat(probed.event("probe").number("embeddingNorm", 0)).isPositive();
    }

    @Test
    void aRunThatIsStoppedAndGoesOnWritesTheSameReports() throws IOException {
        TestRun undisturbed = new TestRun(folder, "undisturbed", PROBED);
        undisturbed.trainTransformer();
        TestRun stopped = stoppedAndGoneOn("stopped");

        assertThat(reports(undisturbed)).hasSize(1);
        assertThat(reports(stopped)).containsAllEntriesOf(reports(undisturbed)).hasSize(4);
        assertThat(reports(stoppedAndGoneOn("again"))).isEqualTo(reports(stopped));
        assertThat(told(stopped)).as("the newest once more").containsExactly(2L, 2L, 4L, 4L, 6L, 6L, 7L);
    }

    @Test
    void reportsOfStepsThatAreTakenAgainAreWrittenAgain() throws IOException {
        TestRun run = stoppedAndGoneOn("run");
        Map<String, String> before = reports(run);
        AtomicDirectory.delete(run.layout().checkpoint(6));
        AtomicDirectory.delete(run.layout().checkpoint(7));
        Files.writeString(run.layout().probe(7), "of another life");
        run.trainTransformer();

        before.remove("step-000000000006.json.gz"); // nobody stopped there this time
        assertThat(reports(run)).isEqualTo(before);
        assertThat(told(run)).endsWith(6L, 6L, 7L, 4L, 7L);
    }

    @Test
    void aReportThatAKillCameBeforeIsWrittenByTheNextProcess() throws IOException {
        TestRun run = stoppedAndGoneOn("run");
        Map<String, String> before = reports(run);
        for (long lost : new long[] {4, 7}) {
            Files.delete(run.layout().probe(lost));
        }
        Files.writeString(run.layout().probe(7).resolveSibling("step-000000000007.json.gz.part"), "half");
        run.trainTransformer();

        assertThat(reports(run)).isEqualTo(before);
        assertThat(told(run)).as("series ascend").endsWith(6L, 6L, 7L, 6L, 7L);
    }

    /** Contents of the reports by the names of their files. */
    private static Map<String, String> reports(TestRun run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(run.layout().probes())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    /** A run of four processes. */
    private TestRun stoppedAndGoneOn(String name) {
        TestRun run = new TestRun(folder, name, PROBED);
        for (int step : new int[] {2, 4, 6, 7}) {
            run.trainTransformer("train.steps=" + step);
        }
        return run;
    }

    private static List<Long> told(TestRun run) {
        return run.events().stream()
                .filter(event -> event.type().equals("probe"))
                .map(event -> (long) event.number("step", -1))
                .toList();
    }

    @Test
    void aRunThatEvaluatesBesideIsProbedByTheSameCopy() {
        TestRun run = new TestRun(folder, "run", PROBED);
        run.trainTransformer("train.eval.everySteps=1", "train.eval.place=background");

        assertThat(new ProbeFolder(run.layout()).steps()).containsExactly(7L);
        assertThat(run.events()).extracting(Event::type).contains("eval", "probe");
    }
}
