package org.alluvium.trainer.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.CheckpointState.Identity;
import org.alluvium.trainer.checkpoint.CheckpointState.Progress;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.checkpoint.Consumed;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.checkpoint.Retention;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.Position;
import org.alluvium.trainer.data.ShardRef;
import org.alluvium.trainer.fixture.BigramModel;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.score.PrequentialScores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {

    private static final int VOCABULARY = 20;
    private static final int FILES = 13;

    @TempDir
    private Path folder;

    private final BigramModel model = new BigramModel(BigramModel.shape(VOCABULARY, 8));
    private final List<Checkpointer.Published> published = new ArrayList<>();
    private final List<AlluviumException> failures = new ArrayList<>();
    private RunLayout run;
    private Vocabulary vocabulary;

    @BeforeEach
    void createRun() {
        run = new RunLayout(folder.resolve("run")).create();
        vocabulary = TinyVocabulary.of(folder, VOCABULARY);
        model.initialize(5);
    }

    @Test
    void aCheckpointRestoresEveryBitAndItsState() {
        Checkpointer checkpointer = checkpointer(Files::newOutputStream);
        CheckpointState state = state(3, CheckpointKind.PERMANENT);
        checkpointer.begin(model, state, GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
        checkpointer.finish();

        Checkpoint checkpoint = Checkpoint.verified(run.checkpoint(3));
        BigramModel restored = new BigramModel(model.shape());
        checkpoint.restore(restored);
        assertThat(restored.everything()).usingRecursiveComparison().isEqualTo(model.everything());
        assertThat(checkpoint.state()).isEqualTo(state);
        assertThat(checkpoint.shape()).isEqualTo(model.shape());
        assertThat(checkpoint.ends()).isEqualTo(new DocumentEnds(true, false));
        assertThat(checkpoint.vocabulary().digest()).isEqualTo(vocabulary.digest());
        assertThat(checkpoint.computedBy()).contains(ComputedBy.of(model.backend()));
        assertThat(checkpoint.manifest().files()).hasSize(FILES);
    }

    @Test
    void aKillBetweenAnyTwoFilesLeavesTheCheckpointBefore() throws IOException {
        checkpointerWithOne().awaitIdle();
        List<Path> snapshots = new ArrayList<>();
        Checkpointer killed = checkpointer(file -> {
            OutputStream out = Files.newOutputStream(file);
            Path snapshot = folder.resolve("killed-" + snapshots.size());
            copyTree(run.root(), snapshot);
            snapshots.add(snapshot);
            return out;
        });
        killed.begin(
                model, state(2, CheckpointKind.TEMPORARY), GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
        killed.finish();

        assertThat(snapshots).hasSize(FILES);
        for (Path snapshot : snapshots) {
            Resume resume = Resume.find(new CheckpointFolder(new RunLayout(snapshot)), found -> false);
            assertThat(resume.position().step()).isEqualTo(1);
            assertThat(resume.notes()).singleElement().asString().contains("cleared away");
            try (Stream<Path> left = Files.list(snapshot.resolve("checkpoints"))) {
                assertThat(left.map(path -> path.getFileName().toString())).containsExactly("step-000000000001");
            }
        }
    }

    @Test
    void aDiskThatFillsUpInAnyFileCostsTheCheckpointAndNothingElse() {
        Checkpointer checkpointer = checkpointerWithOne();
        for (int full = 0; full < FILES; full++) {
            int limit = full;
            int[] opened = {0};
            Checkpointer failing = checkpointer(file -> {
                OutputStream out = Files.newOutputStream(file);
                return opened[0]++ == limit ? new FullDisk(out, 10) : out;
            });
            failing.begin(
                    model,
                    state(2, CheckpointKind.TEMPORARY),
                    GuardState.START,
                    PrequentialScores.NONE,
                    Consumed.NOTHING);
            failing.awaitIdle();
            assertThat(failures.getLast()).isInstanceOf(StorageException.class);
            assertThat(failing.publishedStep()).isZero();
            assertThat(new CheckpointFolder(run).paths()).containsExactly(run.checkpoint(1));
        }
        checkpointer.begin(
                model, state(3, CheckpointKind.TEMPORARY), GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
        checkpointer.finish();
        assertThat(published).hasSize(2);
        assertThat(Checkpoint.open(run.checkpoint(3)).lineage().afterStep()).isEqualTo(1);
    }

    @Test
    void theLastCheckpointOfARunThrowsIfItCannotBeWritten() {
        Checkpointer failing = checkpointer(file -> {
            throw new IOException("No space left on device");
        });
        failing.begin(
                model, state(1, CheckpointKind.TEMPORARY), GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
        assertThatThrownBy(failing::finish).isInstanceOf(StorageException.class);
    }

    @Test
    void theNewestTemporaryOnesAndAllPermanentOnesAreKept() {
        Checkpointer checkpointer = checkpointer(Files::newOutputStream);
        for (long step = 1; step <= 6; step++) {
            CheckpointKind kind = step == 2 ? CheckpointKind.PERMANENT : CheckpointKind.TEMPORARY;
            checkpointer.begin(model, state(step, kind), GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
            checkpointer.finish();
        }
        assertThat(new CheckpointFolder(run).paths())
                .containsExactly(run.checkpoint(6), run.checkpoint(5), run.checkpoint(2));
    }

    @Test
    void oneThatIsOldEnoughToGoBackToIsAlwaysThere() {
        Checkpointer checkpointer = checkpointer(Files::newOutputStream, new Retention(2, 10));
        for (long step = 1; step <= 60; step += 3) {
            checkpointer.begin(
                    model,
                    state(step, CheckpointKind.TEMPORARY),
                    GuardState.START,
                    PrequentialScores.NONE,
                    Consumed.NOTHING);
            checkpointer.finish();
            List<Path> kept = new CheckpointFolder(run).paths();
            long oldest = RunLayout.stepOf(kept.getLast()).orElseThrow();
            assertThat(oldest).isBetween(Math.max(1, step - 24), Math.max(1, step - 10));
            assertThat(kept).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aDamagedCheckpointIsNamedWithItsFile() throws IOException {
        checkpointerWithOne();
        Files.delete(run.checkpoint(1).resolve("lineage.json"));
        Files.createDirectory(run.checkpoint(2));

        assertThatThrownBy(() -> Checkpoint.verified(run.checkpoint(1)))
                .hasMessageContaining("lineage.json is missing");
        CheckpointFolder.Newest newest = new CheckpointFolder(run).newest();
        assertThat(newest.checkpoint()).isEmpty();
        assertThat(newest.damaged()).hasSize(2);
        assertThat(newest.damaged().getFirst().problem()).contains("no manifest");
    }

    @Test
    void thePolicyPrefersStepsToTime() {
        CheckpointPolicy policy = new CheckpointPolicy(Duration.ofSeconds(60), 100);
        assertThat(policy.due(100, Duration.ZERO, Duration.ZERO, false)).contains(CheckpointKind.PERMANENT);
        assertThat(policy.due(101, Duration.ofSeconds(59), Duration.ZERO, false))
                .isEmpty();
        assertThat(policy.due(101, Duration.ofSeconds(60), Duration.ZERO, false))
                .contains(CheckpointKind.TEMPORARY);
        assertThat(policy.due(101, Duration.ZERO, Duration.ZERO, true)).contains(CheckpointKind.PERMANENT);
        assertThat(policy.due(101, Duration.ofSeconds(99), Duration.ofSeconds(1), false))
                .isEmpty();
        assertThat(policy.due(101, Duration.ofSeconds(100), Duration.ofSeconds(1), false))
                .contains(CheckpointKind.TEMPORARY);
        assertThat(policy.due(200, Duration.ZERO, Duration.ofSeconds(1), false)).contains(CheckpointKind.PERMANENT);
        assertThat(new CheckpointPolicy(Duration.ofHours(1), 0).due(100, Duration.ZERO, Duration.ZERO, false))
                .isEmpty();
    }

    private Checkpointer checkpointerWithOne() {
        Checkpointer checkpointer = checkpointer(Files::newOutputStream);
        checkpointer.begin(
                model, state(1, CheckpointKind.TEMPORARY), GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
        checkpointer.finish();
        return checkpointer;
    }

    private Checkpointer checkpointer(CheckpointWriter.FileOpener files) {
        return checkpointer(files, new Retention(2, 0));
    }

    private Checkpointer checkpointer(CheckpointWriter.FileOpener files, Retention retention) {
        CheckpointWriter writer = new CheckpointWriter(files, model.shape(), vocabulary, new DocumentEnds(true, false));
        Checkpointer.Setting setting = new Checkpointer.Setting(
                Runnable::run, () -> {}, System::nanoTime, size -> MerkleTree.EMPTY, retention, any -> false);
        Checkpointer.Listener listener = new Checkpointer.Listener() {
            @Override
            public void published(Checkpointer.Published checkpoint) {
                published.add(checkpoint);
            }

            @Override
            public void failed(CheckpointState state, AlluviumException error) {
                failures.add(error);
            }
        };
        return new Checkpointer(run, writer, setting, listener, model, RunPosition.START);
    }

    private CheckpointState state(long step, CheckpointKind kind) {
        ShardRef shard = new ShardRef(4, 0, "shards/a.parquet", "ab".repeat(32));
        return new CheckpointState(
                CheckpointState.VERSION,
                kind,
                new Progress(step, 32 * step, 90 * step, 200 * step),
                new Cursor(Cursor.VERSION, 2, new Position(4, 0, 3, 0), 5, 6, List.of(shard)),
                new BatchPlan(-7, 10, 100, 2, 8, 2),
                new Identity(vocabulary.digest(), "writer", "cd".repeat(32), "test"),
                "warmup",
                0.001,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                Path copy = to.resolve(child.getFileName());
                if (Files.isDirectory(child)) {
                    copyTree(child, copy);
                } else {
                    TestRun.copy(child, copy);
                }
            }
        }
    }

    /** Takes so many bytes, and then fails as a full disk does. */
    private static final class FullDisk extends FilterOutputStream {

        private int left;

        FullDisk(OutputStream out, int limit) {
            super(out);
            this.left = limit;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
            out.write(bytes, from, length);
        }
    }
}
