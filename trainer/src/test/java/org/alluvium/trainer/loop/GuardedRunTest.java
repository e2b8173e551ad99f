package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.fixture.PlantedCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.guard.BlamedDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad documents in the data: found, named, survived, and survived in the same way whenever the run is killed. */
class GuardedRunTest {

    private final PlantedCorpus corpus = new PlantedCorpus(40, 24);

    @TempDir
    private Path folder;

    @Test
    void aBadDocumentIsFoundAndNamedAndTheModelIsTheOneThatNeverSawIt() throws IOException {
        TestRun guarded = run("guarded", PlantedCorpus.bad(1));
        assertThat(guarded.train()).isEqualTo(ExitCode.OK);
        TestRun spared = run("spared", List.of());
        assertThat(spared.train()).isEqualTo(ExitCode.OK);

        assertThat(guarded.events())
                .filteredOn(event -> event.type().equals("spike"))
                .extracting(event -> event.text("action"))
                .containsExactly("skipped", "rewound");
        assertThat(guarded.event("spike").text("reason")).contains("the loss of", "deviations above");
        assertThat(guarded.event("spike").text("documents")).contains("test", "file#bad-0", "bad-0");
        assertThat(Files.readString(guarded.layout().journal()))
                .contains("\"skipped\":\"the loss of")
                .contains("{\"rewind\":{")
                .contains("\"source\":\"test\",\"origin\":\"file#bad-0\",\"id\":\"bad-0\"");
        assertThat(guarded.newestWeights()).isEqualTo(spared.newestWeights());
        assertThat(guarded.newest().step()).isEqualTo(spared.newest().step());
        assertThat(guarded.newest().guard().leftOut().rewinds())
                .singleElement()
                .satisfies(rewind -> assertThat(rewind.documents()).hasSize(1));
    }

    @Test
    void everyMomentAtWhichARewoundRunIsKilledLeadsToTheSameBits() throws IOException {
        String[] everyStep = {"train.checkpoint.permanentEverySteps=1"};
        TestRun undisturbed = run("undisturbed", PlantedCorpus.bad(2));
        assertThat(undisturbed.train(everyStep)).isEqualTo(ExitCode.OK);
        assertThat(undisturbed.newest().guard().leftOut().rewinds()).hasSizeGreaterThanOrEqualTo(2);
        byte[] journal = Files.readAllBytes(undisturbed.layout().journal());
        List<Checkpoint> checkpoints = checkpoints(undisturbed);

        for (int killedAt : momentsOf(journal)) {
            TestRun killed = new TestRun(
                    folder.resolve("undisturbed-corpus"), "killed-at-" + killedAt, PlantedCorpus.settings());
            Files.createDirectories(killed.layout().checkpoints());
            Files.write(killed.layout().journal(), Arrays.copyOf(journal, killedAt));
            List<Checkpoint> there = checkpoints.stream()
                    .filter(found -> found.position().progress().journalBytes() <= killedAt)
                    .toList();
            // The run had written some of the latest checkpoints, undone ones among them, and had not got to others.
            for (Checkpoint found : there.subList(Math.max(0, there.size() - 2 - killedAt % 3), there.size())) {
                Path copy = killed.layout().checkpoint(found.step());
                if (!Files.exists(copy)) {
                    TestRun.copy(found.path(), copy);
                }
            }

            assertThat(killed.train()).isEqualTo(ExitCode.OK);
            assertThat(killed.layout().journal()).as("killed at %d", killedAt).hasBinaryContent(journal);
            assertThat(killed.newestWeights()).isEqualTo(undisturbed.newestWeights());
            assertThat(killed.newest().guard()).isEqualTo(undisturbed.newest().guard());
        }
    }

    @Test
    void aShortSpikeIsSkippedAndNothingIsUndone() throws IOException {
        TestRun run = run("short", List.of(PlantedCorpus.document("blip", PlantedCorpus.noise(40), 999)));
        assertThat(run.train("train.guard.patience=4")).isEqualTo(ExitCode.OK);

        assertThat(run.events())
                .filteredOn(event -> event.type().equals("spike"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.text("action")).isEqualTo("skipped");
                    assertThat(event.text("documents")).contains("blip");
                });
        assertThat(Files.readString(run.layout().journal())).doesNotContain("rewind");
    }

    @Test
    void aDocumentThatLeadsToNoNumberIsFoundAndNamedWithoutAWindow() throws IOException {
        int poison = TestRun.VOCABULARY - 1;
        int[] ids = PlantedCorpus.count(100);
        ids[50] = poison;
        TestRun poisoned = run("poisoned", List.of(PlantedCorpus.document("poison", ids, 5000)));
        assertThat(poisoned.trainPoisoned(poison, "train.guard.window=4096", "train.guard.patience=1"))
                .isEqualTo(ExitCode.OK);
        TestRun spared = run("spared", List.of());
        spared.train();

        assertThat(poisoned.event("spike").text("action")).isEqualTo("rewound");
        assertThat(poisoned.event("spike").text("reason")).contains("the loss is NaN");
        assertThat(poisoned.newest().guard().leftOut().rewinds())
                .singleElement()
                .satisfies(rewind -> assertThat(rewind.documents())
                        .extracting(BlamedDocument::id)
                        .containsExactly("poison"));
        assertThat(poisoned.newestWeights()).isEqualTo(spared.newestWeights());
    }

    @Test
    void noNumberWhateverIsLeftOutEndsTheRunAndSaysWhy() {
        TestRun run = run("hopeless", List.of());
        assertThatThrownBy(() -> run.trainPoisoned(5, "train.guard.rewinds=2"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("training has diverged: the loss is NaN");
    }

    @Test
    void aCorpusThatChangesForGoodIsLearnedInTheEnd() {
        List<ShardRow> other = IntStream.range(0, 30)
                .mapToObj(i -> PlantedCorpus.document("other-" + i, PlantedCorpus.noise(40 + i), 2000 + i))
                .toList();
        TestRun run = run("changed", other);
        assertThat(run.train("train.guard.rewinds=1")).isEqualTo(ExitCode.OK);

        List<String> actions = run.events().stream()
                .filter(event -> event.type().equals("spike"))
                .map(event -> event.text("action"))
                .toList();
        assertThat(actions).containsSubsequence("skipped", "rewound", "skipped", "accepted");
        assertThat(actions.getLast()).isEqualTo("accepted");
    }

    @Test
    void withoutTheGuardABadDocumentIsLearned() {
        TestRun run = run("unguarded", PlantedCorpus.bad(1));
        assertThat(run.train("train.guard.enabled=false")).isEqualTo(ExitCode.OK);
        assertThat(run.events()).extracting(Event::type).doesNotContain("spike");
    }

    @Test
    void aGuardThatWasChangedUnderARunIsNoticedByTheStepsItHadTaken() {
        TestRun run = run("changed-guard", List.of(PlantedCorpus.document("blip", PlantedCorpus.noise(40), 999)));
        run.train("train.guard.patience=4", "train.checkpoint.permanentEverySteps=10");
        checkpoints(run).stream().skip(1).forEach(later -> AtomicDirectory.delete(later.path()));

        assertThatThrownBy(() -> run.train("train.guard.enabled=false"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("came out differently: skipped was");
    }

    /** All checkpoints of a run, those of undone steps among them, in the order in which they were taken. */
    private static List<Checkpoint> checkpoints(TestRun run) {
        try (Stream<Path> paths = Files.list(run.layout().checkpoints())) {
            return paths.map(Checkpoint::open)
                    .sorted(Comparator.comparingLong(
                            found -> found.position().progress().journalBytes()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lengths a journal has had since shortly before the first spike: after every line, and in the middle of some. */
    private static List<Integer> momentsOf(byte[] journal) {
        List<Integer> moments = new ArrayList<>();
        String text = new String(journal, StandardCharsets.ISO_8859_1);
        int shortlyBefore = text.lastIndexOf("{\"step\"", text.indexOf("skipped") - 2000);
        for (int end = text.indexOf('\n', shortlyBefore); end >= 0; end = text.indexOf('\n', end + 1)) {
            moments.add(end + 1);
            if (text.startsWith("{\"rewind", text.lastIndexOf('\n', end - 1) + 1)) {
                moments.add(end - 20);
            }
        }
        return moments;
    }

    private TestRun run(String name, List<ShardRow> planted) {
        return corpus.run(folder.resolve(name + "-corpus"), name, planted);
    }
}
