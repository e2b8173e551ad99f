package org.alluvium.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFilesTest {

    @TempDir
    private Path folder;

    private final DocumentFiles files = new DocumentFiles(Format.JSONL);

    private List<String> read(Path path) {
        List<String> texts = new ArrayList<>();
        files.forEach(path, document -> texts.add(document.text()));
        return texts;
    }

    @Test
    void aFolderIsReadInTheOrderOfItsPathsWithoutWhatIsHidden() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/1.jsonl"), "{\"text\": \"second\"}\n");
        Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"first\"}\nnot json\n");
        Files.writeString(folder.resolve("_half.jsonl"), "{\"text\": \"hidden\"}\n");

        assertThat(read(folder)).containsExactly("first", "second");
        assertThat(files.refused()).isEqualTo(1);
    }

    @Test
    void oneFileIsReadAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"one\"}\n{\"text\": \"two\"}");
        Files.writeString(folder.resolve("b.jsonl"), "{\"text\": \"other\"}\n");

        assertThat(read(file)).containsExactly("one", "two");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> read(folder.resolve("none"))).isInstanceOf(StorageException.class);
    }
}
