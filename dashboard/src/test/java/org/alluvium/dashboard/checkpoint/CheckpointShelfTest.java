package org.alluvium.dashboard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.layout.RunLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointShelfTest {

    private static final Path GOLDEN = Path.of(
            "..", "trainer", "src", "test", "resources", "org", "alluvium", "trainer", "checkpoint", "golden-0.3");

    @TempDir
    private Path folder;

    @Test
    void aCheckpointThatIsBeingDeletedIsNotThere() throws IOException {
        RunLayout run = new RunLayout(folder);
        CheckpointShelf shelf = new CheckpointShelf(run);
        copy(run.checkpoint(240));
        assertThat(shelf.entries()).extracting(CheckpointShelf.Entry::step).containsExactly(240L);
        Files.delete(run.checkpoint(240).resolve(CheckpointManifest.NAME)); // which is what goes first
        assertThat(shelf.entries()).isEmpty();
        assertThat(shelf.find(240)).isEmpty();
    }

    @Test
    void aCheckpointThatCannotBeReadSaysWhy() throws IOException {
        RunLayout run = new RunLayout(folder);
        copy(run.checkpoint(240));
        Files.writeString(run.checkpoint(240).resolve(CheckpointManifest.NAME), "{");
        assertThat(new CheckpointShelf(run).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("unreadable");
            assertThat(entry.problem()).contains(CheckpointManifest.NAME);
        });
    }

    private static void copy(Path target) throws IOException {
        try (Stream<Path> tree = Files.walk(GOLDEN)) {
            tree.forEach(
                    path -> copy(path, target.resolve(GOLDEN.relativize(path).toString())));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
