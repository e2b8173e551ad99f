package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.shard.ShardReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakedownCommandTest {

    private static final int DOCUMENTS = 40;

    @TempDir
    Path folder;

    private CorpusLayout corpus;

    @BeforeEach
    void write() throws IOException {
        Path yaml = Files.writeString(folder.resolve("alluvium.yaml"), "corpus: {dir: corpus}\n");
        AlluviumConfig config = ConfigLoader.load(yaml, List.of());
        NumberedCorpus.write(config, DOCUMENTS);
        corpus = CorpusLayout.of(config);
    }

    @Test
    void aDocumentIsTakenDownAndTheReportSaysWhatWasDone() {
        CommandRun run = run("--doc", "doc-7", "--reason", "asked");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("1 document, ")
                .contains("doc-7 of odd, entry 0, shard 0, row 7")
                .contains("Written again: 1 shards");
        assertThat(run.err()).contains("Takedown 1 is in the log and holds.");
        assertThat(rows()).hasSize(DOCUMENTS);
        assertThat(rows().get(7).isHole()).isTrue();
        assertThat(rows()).filteredOn(ShardRow::isHole).hasSize(1);
    }

    @Test
    void whoLooksIntoTheCorpusDoesNotSeeItAnyMore() {
        assertThat(CommandRun.of(
                                "corpus",
                                List.of("cat", "--corpus", corpus.root().toString()))
                        .out())
                .contains("The number 7 comes");
        run("--doc", "doc-7", "--reason", "asked");

        CommandRun cat =
                CommandRun.of("corpus", List.of("cat", "--corpus", corpus.root().toString()));
        assertThat(cat.code()).as(cat.err()).isZero();
        assertThat(cat.out()).doesNotContain("The number 7 comes").contains("The number 8 comes");
        CommandRun verify = CommandRun.of(
                "corpus", List.of("verify", "--corpus", corpus.root().toString()));
        assertThat(verify.out())
                .doesNotContain(".parquet")
                .contains("3 entries, 1 files, 40 documents (1 taken down), ");
    }

    @Test
    void aDryRunNamesWhatItWouldAndChangesNothing() throws IOException {
        CommandRun run = run("--source", "even", "--dry-run", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertThat(report.get("documents")).hasSize(DOCUMENTS / 2);
        assertThat(report.has("written")).isFalse();
        assertThat(StoreShardLog.of(corpus).lastSequence()).hasValue(0);
        assertThat(rows()).noneMatch(ShardRow::isHole);
    }

    @Test
    void whatHasNoDocumentYetIsStillOrderedForThoseToCome() {
        CommandRun run = run("--url-prefix", "https://never.example/", "--reason", "order 17");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("No document of the corpus is concerned");
        assertThat(StoreShardLog.of(corpus).readFrom(1))
                .hasExactlyElementsOfTypes(LogEntry.Takedown.class, LogEntry.Rewrite.class);
    }

    @Test
    void finishingWhereNothingIsLeftIsNoError() {
        assertThat(run("--finish").code()).isZero();
        assertThat(StoreShardLog.of(corpus).lastSequence()).hasValue(0);
    }

    @Test
    void withoutASelectorOrAReasonNothingIsDone() {
        assertThat(run("--reason", "asked").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("--doc", "doc-7").err()).contains("--reason");
        assertThat(run("--url-prefix", "https://", "--reason", "asked").err()).contains("everything");
        assertThat(run("--content-hash", "xyz", "--reason", "asked").err()).contains("32 hexadecimal digits");
        assertThat(StoreShardLog.of(corpus).lastSequence()).hasValue(0);
    }

    private CommandRun run(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--corpus", corpus.root().toString()));
        return CommandRun.of("takedown", all);
    }

    private List<ShardRow> rows() {
        List<ShardRow> rows = new ArrayList<>();
        LogEntry.Commit commit = (LogEntry.Commit) StoreShardLog.of(corpus).read(0);
        try (ShardReader reader =
                ShardReader.open(new CorpusFiles(corpus).file(commit.shards().getFirst()))) {
            reader.forEachRemaining(rows::add);
        }
        return rows;
    }
}
