package org.alluvium.cli.chaos.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.alluvium.cli.chaos.proof.CorpusView.Row;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusViewTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsTakenDownWasARowAndIsNoneAnyMore() throws IOException {
        Path yaml = Files.writeString(folder.resolve("alluvium.yaml"), "corpus: {dir: corpus}\n");
        AlluviumConfig config = ConfigLoader.load(yaml, List.of());
        NumberedCorpus.write(config, 10);
        CorpusLayout corpus = CorpusLayout.of(config);
        CorpusView early = new CorpusView(corpus);
        assertThat(early.look()).isTrue();
        CommandRun takedown = CommandRun.of(
                "takedown", "--doc", "doc-7", "--doc", "none", "--reason", "asked", "--config", yaml.toString());
        assertThat(takedown.code()).as(takedown.err()).isZero();

        assertThat(early.look()).isFalse();
        assertThat(early.entries()).isEqualTo(3);
        assertThat(early.takedowns()).containsOnlyKeys(1L).containsValue(Set.of("doc-7", "none"));
        assertThat(early.rows()).hasSize(10).extracting(Row::id).contains("doc-7");
        assertThat(early.current()).hasSize(9).extracting(Row::id).doesNotContain("doc-7");
        assertThat(early.leftOver()).isEmpty();
        CorpusView late = new CorpusView(corpus);
        late.look();
        assertThat(late.rows()).isEqualTo(early.current());
        Files.createFile(corpus.resolve("shards/one.parquet"));
        assertThat(late.leftOver()).containsExactly("shards/one.parquet");
    }
}
