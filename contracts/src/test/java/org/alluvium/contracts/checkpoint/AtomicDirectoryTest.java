package org.alluvium.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void aFolderAppearsWholeWithItsManifest() throws IOException {
        Path target = parent.resolve("step-1");
        try (AtomicDirectory folder = AtomicDirectory.begin(target)) {
            Files.writeString(folder.path().resolve("model"), "weights");
            Files.writeString(
                    Files.createDirectory(folder.path().resolve("probes")).resolve("a"), "probe");
            assertThat(target).doesNotExist();

            CheckpointManifest manifest = folder.publish();

            assertThat(manifest.files().keySet()).containsExactly("model", "probes/a");
            assertThat(manifest.bytes()).isEqualTo(12);
            assertThat(CheckpointManifest.verify(target)).isEqualTo(manifest);
        }
        assertThat(children()).containsExactly("step-1");
    }

    @Test
    void whatWasNotPublishedIsGone() throws IOException {
        try (AtomicDirectory folder = AtomicDirectory.begin(parent.resolve("step-1"))) {
            Files.writeString(folder.path().resolve("model"), "half of the wei");
        }
        assertThat(children()).isEmpty();
    }

    @Test
    void aFolderOfTheSameNameIsReplaced() throws IOException {
        publish("old");
        publish("new");

        assertThat(parent.resolve("step-1/model")).hasContent("new");
        assertThat(children()).containsExactly("step-1");
    }

    @Test
    void leftoversOfACrashWhileBuildingAreCleared() throws IOException {
        publish("whole");
        Files.writeString(Files.createDirectory(parent.resolve(".tmp-step-2-x")).resolve("model"), "half");

        assertThat(AtomicDirectory.recover(parent)).containsExactly(".tmp-step-2-x");
        assertThat(children()).containsExactly("step-1");
    }

    @Test
    void aCrashBetweenTheTwoRenamesOfAReplacementLosesNothing() throws IOException {
        publish("old");
        Files.move(parent.resolve("step-1"), parent.resolve(".old-step-1"));

        AtomicDirectory.recover(parent);

        assertThat(parent.resolve("step-1/model")).hasContent("old");
        assertThat(children()).containsExactly("step-1");
    }

    @Test
    void aCrashAfterBothRenamesKeepsTheNewFolder() throws IOException {
        publish("old");
        Files.move(parent.resolve("step-1"), parent.resolve(".old-step-1"));
        publish("new");
        // publish has cleared the old one; a crash before that leaves it
        Files.createDirectories(parent.resolve(".old-step-1"));

        assertThat(AtomicDirectory.recover(parent)).containsExactly(".old-step-1");
        assertThat(parent.resolve("step-1/model")).hasContent("new");
        assertThat(AtomicDirectory.recover(parent.resolve("none"))).isEmpty();
    }

    @Test
    void everyDamageIsFoundAndNamed() throws IOException {
        publish("weights", "optimizer", "state");
        Path target = parent.resolve("step-1");
        Files.writeString(target.resolve("model"), "weighty");
        Files.writeString(target.resolve("model1"), "optimize");
        Files.delete(target.resolve("model2"));
        Files.writeString(target.resolve("notes.txt"), "mine, and none of the checkpoint's business");

        assertThatThrownBy(() -> CheckpointManifest.verify(target))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(target + ": model is damaged: its digest does not match the manifest;"
                        + " model1 has 8 bytes, the manifest says 9; model2 is missing.");
    }

    @Test
    void aFolderWithoutAReadableManifestIsRefused() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("step-1"));
        assertRefused(folder, "has no manifest");
        for (String damaged :
                List.of("", "{\"version\":1,\"fi", "{\"version\":1,\"files\":{\"a\":{}}}", "{\"version\":1}")) {
            Files.writeString(folder.resolve(CheckpointManifest.NAME), damaged);
            assertRefused(folder, CheckpointManifest.NAME);
        }
        Files.writeString(folder.resolve(CheckpointManifest.NAME), "{\"version\":2,\"files\":{}}");
        assertThatThrownBy(() -> CheckpointManifest.read(folder)).isInstanceOf(MismatchException.class);
    }

    private static void assertRefused(Path folder, String message) {
        assertThatThrownBy(() -> CheckpointManifest.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    private void publish(String... contents) throws IOException {
        try (AtomicDirectory folder = AtomicDirectory.begin(parent.resolve("step-1"))) {
            for (int i = 0; i < contents.length; i++) {
                Files.writeString(folder.path().resolve(i == 0 ? "model" : "model" + i), contents[i]);
            }
            folder.publish();
        }
    }

    private List<String> children() throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
