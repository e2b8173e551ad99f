package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.archive.ArchiveState;
import org.alluvium.trainer.archive.ArchivedCheckpoint;
import org.alluvium.trainer.archive.RunArchive;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedRunTest {

    /** A thread for each: the common pool may have but one. */
    private static final Executor BESIDE = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir
    private Path folder;

    private TestCorpus corpus;
    private List<ShardRow> documents;

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
        documents = TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY);
    }

    private TestRun run(String name, String... settings) {
        String[] all = Stream.concat(Stream.of("train.archive=" + folder.resolve("archive")), Stream.of(settings))
                .toArray(String[]::new);
        return new TestRun(folder, name, all);
    }

    private ArchiveState archived() {
        try (RunArchive archive = RunArchive.open(
                Location.of(folder.resolve("archive")),
                ConfigLoader.parse("{}", "test", folder, List.of()).s3(),
                new RunLayout(folder),
                InstantSource.system())) {
            return archive.state().orElseThrow();
        }
    }

    private static void lose(TestRun run) {
        AtomicDirectory.delete(run.layout().root());
    }

    private TestRun undisturbed() {
        TestRun undisturbed = new TestRun(folder, "undisturbed");
        undisturbed.train();
        return undisturbed;
    }

    private static void assertSameOutcome(TestRun actual, TestRun expected) throws IOException {
        assertThat(actual.layout().journal())
                .hasSameTextualContentAs(expected.layout().journal());
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(actual.newest().path().resolve(file))
                    .hasSameBinaryContentAs(expected.newest().path().resolve(file));
        }
    }

    @Test
    void aRunWhoseFolderIsLostGoesOnFromItsArchiveAsIfNothingHadHappened() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun undisturbed = undisturbed();
        TestRun run = run("run");
        for (int steps : List.of(3, 7, 12)) {
            assertThat(run.train("train.steps=" + steps)).isEqualTo(ExitCode.OK);
            assertThat(archived().newest().orElseThrow().step()).isEqualTo(steps);
            lose(run);
        }
        assertThat(run.train()).isEqualTo(ExitCode.OK);

        assertSameOutcome(run, undisturbed);
        Event resumed = run.events().stream()
                .filter(event -> event.type().equals("resume"))
                .toList()
                .getLast();
        assertThat(resumed.number("step", 0)).isEqualTo(12);
        assertThat(resumed.text("notes")).contains("step 12 was fetched from the archive");
        assertThat(run.events())
                .filteredOn(event -> event.type().equals("start"))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(archived().checkpoints())
                .extracting(ArchivedCheckpoint::step)
                .startsWith(3L, 7L, 12L);
    }

    @Test
    void aDamagedCheckpointInTheArchiveIsPassedOver() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun undisturbed = undisturbed();
        TestRun run = run("run");
        run.train("train.steps=4");
        run.train("train.steps=9");
        lose(run);
        Path newest = folder.resolve("archive")
                .resolve(archived().newest().orElseThrow().folder())
                .resolve("model.safetensors");
        byte[] damaged = Files.readAllBytes(newest);
        damaged[damaged.length - 1] ^= 1;
        Files.write(newest, damaged);

        assertThat(run.train()).isEqualTo(ExitCode.OK);

        assertSameOutcome(run, undisturbed);
        assertThat(run.event("resume").number("step", 0)).isEqualTo(4);
        assertThat(run.event("resume").text("notes")).contains("step 9 in the archive is damaged", "SHA-256");
    }

    @Test
    void ifNoneOfTheArchivesCheckpointsIsWholeNothingIsBegunAnew() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = run("run");
        run.train("train.steps=4");
        lose(run);
        Files.delete(folder.resolve("archive")
                .resolve(archived().newest().orElseThrow().folder())
                .resolve("optimizer.safetensors"));

        assertThatThrownBy(run::train).isInstanceOf(DataException.class).hasMessageContaining("none of the archive's");
    }

    @Test
    void ofTwoTrainersWithOneArchiveTheFirstIsStoppedByTheSecond() throws IOException {
        corpus.commit(false, documents.subList(0, 29));
        TestRun zombie = run("zombie", "train.checkpoint.permanentEverySteps=2");
        CompletableFuture<ExitCode> first = CompletableFuture.supplyAsync(zombie::train, BESIDE);
        zombie.awaitEvent("archive");
        TestRun owner = run("owner", "train.checkpoint.permanentEverySteps=2");
        CompletableFuture<ExitCode> second = CompletableFuture.supplyAsync(owner::train, BESIDE);
        owner.awaitEvent("resume");
        long taken = archived().epoch();
        corpus.commit(true, documents.subList(29, documents.size()));

        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another trainer has taken over");
        assertThat(second.join()).isEqualTo(ExitCode.OK);
        assertThat(archived().epoch()).isEqualTo(taken);
        assertThat(archived().newest().orElseThrow().step())
                .isEqualTo(owner.newest().step());
        assertSameOutcome(owner, undisturbed());
    }

    @Test
    void aFolderThatAnotherMachineHasLeftBehindIsRefused() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun left = run("left");
        left.train("train.steps=4");
        run("elsewhere").train("train.steps=9");

        assertThatThrownBy(left::train)
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("at step 9")
                .hasMessageContaining("this folder at step 4");
    }

    @Test
    void theArchiveOfAnotherRunIsRefused() {
        corpus.commitCut(documents, 7, 13, 2);
        run("run").train("train.steps=4");
        TestRun other = new TestRun(folder, "other", "train.seed=8");
        other.train("train.steps=6");

        assertThatThrownBy(() -> other.train("train.archive=" + folder.resolve("archive")))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("of another run");
    }

    @Test
    void theArchiveKeepsWhatIsPermanentAndTheNewest() {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = run("run", "train.checkpoint.permanentEverySteps=5", "train.checkpoint.every=10ms");
        run.train("train.steps=10"); // what is due while another is being written is owed, at the latest until the end
        run.train("train.steps=20");

        assertThat(archived().newest().orElseThrow().step())
                .isEqualTo(run.newest().step());
        assertThat(archived().checkpoints())
                .filteredOn(ArchivedCheckpoint::permanent)
                .extracting(ArchivedCheckpoint::step)
                .hasSizeGreaterThan(1)
                .hasSameElementsAs(permanent(run));
        assertThat(folder.resolve("archive/checkpoints").toFile().list())
                .hasSize(archived().checkpoints().size());
    }

    private static List<Long> permanent(TestRun run) {
        return new CheckpointFolder(run.layout())
                .paths().stream()
                        .map(Checkpoint::open)
                        .filter(checkpoint -> checkpoint.state().kind() == CheckpointKind.PERMANENT)
                        .map(Checkpoint::step)
                        .toList();
    }
}
