package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.alluvium.contracts.config.Location;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {

    private static final UUID BACKEND = new UUID(1, 2);

    @TempDir
    Path folder;

    @Test
    void theNewestCheckpointThatIsWholeIsFound() throws IOException {
        Path whole = checkpoint(7, "a");
        checkpoint(9, "b");
        Files.delete(folder.resolve("shared/b"));
        Files.createDirectories(folder.resolve("chk-10"));

        assertThat(new RetainedCheckpoints(Location.of(folder)).newest()).contains(Location.of(whole));
        assertThat(names(folder)).contains("aside-chk-9").doesNotContain("chk-9");
    }

    @Test
    void whatKilledProcessesHaveLeftIsFoundWithTheFilesThatNobodyElseNeeds() throws IOException {
        checkpoint(1, "a", "b");
        checkpoint(2, "b", "c");
        checkpoint(10, "c", "d");
        checkpoint(11, "d", "e");
        Files.createDirectories(folder.resolve("chk-12"));
        Files.writeString(folder.resolve("shared/of-12"), "begun");

        assertThat(remains(2)).containsExactlyInAnyOrder("chk-1", "chk-2", "shared/a", "shared/b", "shared/of-12");
    }

    @Test
    void whatACheckpointThatWasPutAsideNeedsStays() throws IOException {
        checkpoint(1, "a");
        Files.move(checkpoint(2, "b"), folder.resolve("aside-chk-2"));

        assertThat(remains(1)).isEmpty();
    }

    @Test
    void aCopyOfTheFolderNeedsItsOwnFiles(@TempDir Path elsewhere) throws IOException {
        checkpoint(1, "a");
        Path copy = elsewhere.resolve("copy");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(folder.relativize(file).toString()));
            }
        }

        assertThat(new RetainedCheckpoints(Location.of(copy)).remains(1)).isEmpty();
    }

    @Test
    void noSharedFileIsLeftBehindWhileItIsUnknownWhoNeedsIt() throws IOException {
        checkpoint(1, "a");
        checkpoint(2, "b");
        Files.writeString(folder.resolve("chk-2/_metadata"), "damaged");
        Files.move(folder.resolve("chk-2"), folder.resolve("aside-chk-2"));

        assertThat(remains(1)).isEmpty();
    }

    @Test
    void nothingRemainsWhereThereIsNoCheckpoint() throws IOException {
        Files.createDirectories(folder.resolve("chk-1"));
        Files.createDirectories(folder.resolve("shared"));
        Files.writeString(folder.resolve("shared/begun"), "");

        assertThat(remains(1)).isEmpty();
        assertThat(new RetainedCheckpoints(Location.of(folder.resolve("nowhere"))).remains(1))
                .isEmpty();
    }

    private List<String> remains(int keep) throws IOException {
        return new RetainedCheckpoints(Location.of(folder))
                .remains(keep).stream()
                        .map(place ->
                                folder.relativize(place.folder().orElseThrow()).toString())
                        .toList();
    }

    /** A checkpoint of one task whose state lies in those shared files. */
    private Path checkpoint(long id, String... shared) throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve("chk-" + id));
        Files.createDirectories(folder.resolve("shared"));
        List<HandleAndLocalPath> files = Stream.of(shared).map(this::sharedFile).toList();
        OperatorState operator = new OperatorState("operator", "uid", new OperatorID(3, 4), 1, 128);
        operator.putState(
                0,
                OperatorSubtaskState.builder()
                        .setManagedKeyedState(new IncrementalRemoteKeyedStateHandle(
                                BACKEND,
                                KeyGroupRange.of(0, 127),
                                id,
                                files,
                                List.of(),
                                file(checkpoint.resolve("state"))))
                        .build());
        try (OutputStream metadata = Files.newOutputStream(checkpoint.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(id, List.of(operator), List.of(), null), metadata);
        }
        return checkpoint;
    }

    private HandleAndLocalPath sharedFile(String name) {
        return HandleAndLocalPath.of(file(folder.resolve("shared").resolve(name)), name);
    }

    private static FileStateHandle file(Path path) {
        try {
            Files.writeString(path, "state");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileStateHandle(new org.apache.flink.core.fs.Path(path.toUri()), "state".length());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
