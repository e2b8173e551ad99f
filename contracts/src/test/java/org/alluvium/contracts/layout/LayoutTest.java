package org.alluvium.contracts.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.CodeVersion;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

    @TempDir
    Path dir;

    @Test
    void theFoldersOfACorpusAreCreated() {
        CorpusLayout corpus = new CorpusLayout(dir.resolve("corpus")).create();

        assertThat(corpus.log()).isDirectory();
        assertThat(corpus.shards()).isDirectory();
        assertThat(corpus.deadLetters()).isDirectory();
        assertThat(corpus.flinkState()).isDirectory();
        assertThat(corpus.events().getParent()).isDirectory();
        assertThat(corpus.resolve("shards/a.parquet")).isEqualTo(corpus.shards().resolve("a.parquet"));
    }

    @Test
    void aCorpusIsNotBegunInAFolderThatIsNotThere() {
        Path disk = dir.resolve("disk");

        assertThatThrownBy(() -> new CorpusLayout(disk.resolve("corpus")).create())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(disk + ": cannot create the corpus folder: no such file or folder");
        assertThat(disk).doesNotExist();
    }

    @Test
    void checkpointsAreNamedByTheirStepAndSortByIt() {
        RunLayout run = new RunLayout(dir).create();

        assertThat(run.checkpoint(1200).getFileName()).hasToString("step-000000001200");
        assertThat(RunLayout.stepOf(run.checkpoint(1200))).hasValue(1200);
        assertThat(RunLayout.stepOf(run.checkpoints().resolve(".tmp-step-000000001200-x")))
                .isEmpty();
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("corpus"), "not a folder");

        assertThatThrownBy(() -> new CorpusLayout(file).create())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(CodeVersion.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
