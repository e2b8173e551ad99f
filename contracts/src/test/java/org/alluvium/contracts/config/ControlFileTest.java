package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlFileTest {

    private static final Set<String> SOURCES = Set.of("news", "web");

    private Path file;

    @BeforeEach
    void nameTheFile(@TempDir Path folder) {
        file = folder.resolve("mixture.yaml");
    }

    @Test
    void noFileSaysNothing() {
        assertThat(ControlFile.read(file, SOURCES)).isEmpty();
    }

    @Test
    void aFileReplacesAllWeights() throws IOException {
        Files.writeString(file, "sources: [{ source: news, epochs: 2.5 }]\notherEpochs: 0.5\n");

        WeightsConfig weights = ControlFile.read(file, SOURCES).orElseThrow();

        assertThat(weights.epochs()).isEqualTo(Map.of("news", 2.5));
        assertThat(weights.otherEpochs()).isEqualTo(0.5);
    }

    @Test
    void mistakesAreNamedWithLineAndColumn() throws IOException {
        Files.writeString(file, "sources:\n  - { source: news, epoch: 2 }\n  - { source: books, epochs: -1 }\n");

        assertThatThrownBy(() -> ControlFile.read(file, SOURCES))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + ":2:21: key 'sources[0].epoch': is unknown")
                .hasMessageContaining(file + ":3:30: key 'sources[1].epochs': is '-1'");
    }

    @Test
    void aSourceThatIsNotThereIsNamed() throws IOException {
        Files.writeString(file, "sources: [{ source: books, epochs: 1 }]\n");

        assertThatThrownBy(() -> ControlFile.read(file, SOURCES))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + ":1:21: key 'sources[0].source': is 'books'")
                .hasMessageContaining("one of [news, web]");
    }

    @Test
    void anEmptyFileIsOneThatIsBeingWrittenAndNoWishForDefaults() throws IOException {
        Files.writeString(file, "\n");

        assertThatThrownBy(() -> ControlFile.read(file, SOURCES))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rename it into place");
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(() -> ControlFile.read(file, SOURCES)).isInstanceOf(StorageException.class);
    }
}
