package org.alluvium.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

    @TempDir
    private Path temporary;

    @Test
    void aFolderOfSomebodyElseIsRefusedAndNotTouched() throws Exception {
        Path precious = Files.writeString(temporary.resolve("thesis.tex"), "years of work");
        assertThatThrownBy(() -> DemoFolder.open(temporary))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not made by the demo");
        assertThat(temporary.toFile().list())
                .containsExactly(precious.getFileName().toString());
    }

    @Test
    void clearingDeletesWhatTheDemoMadeAndNothingElse() throws Exception {
        DemoFolder folder = DemoFolder.open(temporary.resolve("demo"));
        Files.createDirectories(folder.inbox());
        Files.writeString(folder.inbox().resolve("a.tsv"), "text");
        Files.writeString(folder.config(), "{}");
        Path notes = Files.writeString(folder.root().resolve("my-notes.txt"), "mine");
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "kept");
        Files.createSymbolicLink(folder.inbox().resolve("link"), elsewhere);
        folder.clear();
        assertThat(folder.inbox()).doesNotExist();
        assertThat(folder.config()).doesNotExist();
        assertThat(notes).exists();
        assertThat(elsewhere.resolve("kept")).exists();
    }

    @Test
    void aDemoFolderCanBeOpenedAgain() {
        DemoFolder first = DemoFolder.open(temporary.resolve("demo"));
        assertThat(DemoFolder.open(temporary.resolve("demo"))).isEqualTo(first);
    }
}
