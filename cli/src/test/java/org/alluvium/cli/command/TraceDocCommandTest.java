package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.cli.fixture.QuietTraining;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectOutput;
import org.alluvium.ingest.text.ContentHasher;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A corpus of a first commit, which three steps have learned from, and of a second one with everything that can become of a document; then
 * a document that was learned from was taken down.
 */
class TraceDocCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "This text was read twice, and only one of both was kept.";

    @TempDir
    private static Path folder;

    private static AlluviumConfig config;
    private static String taken;
    private static String kept;

    @BeforeAll
    static void make() throws IOException {
        Files.createDirectories(folder.resolve("input"));
        Files.writeString(
                folder.resolve("input/texts.jsonl"),
                "{\"id\": \"copy\", \"text\": \"" + TEXT + "\"}\n{\"id\": \"few\", \"text\": \"Few words.\"}\n");
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: { dir: corpus }
                sources: [{ name: texts, path: input }]
                model: { preset: tiny, context: 16, layers: 1, channels: 16, heads: 2, kvHeads: 1 }
                train:
                  run: run
                  steps: 3
                  batch: 1
                  accumulate: 2
                  shuffleWindow: 4
                  backend: reference
                  eval: { heldOutPermille: 0, everySteps: 0, sampleEverySteps: 0 }
                filters: { custom: [{ type: %s, options: { least: "8" } }] }
                """.formatted(FewWords.class.getName()));
        config = ConfigLoader.load(file, List.of());
        NumberedCorpus.write(config, 20);
        QuietTraining.run(config);
        JsonNode step = JSON.readTree(
                Files.readAllLines(folder.resolve("run/journal.jsonl")).getFirst());
        kept = step.at("/documents/0/id").asText();
        taken = step.at("/documents/1/id").asText();
        appendSecond(CorpusLayout.of(config));
        assertThat(command("corpus", "index").code()).isZero();
        assertThat(CommandRun.of(
                                "takedown",
                                List.of("--doc", taken, "--reason", "asked", "--corpus", corpus().toString()))
                        .code())
                .isZero();
    }

    private static Path corpus() {
        return folder.resolve("corpus");
    }

    private static void appendSecond(CorpusLayout layout) throws IOException {
        assertThat(StoreShardLog.of(layout)
                        .tryAppend(new LogEntry.Commit(
                                1,
                                1,
                                "writer",
                                1,
                                List.of(original(layout)),
                                List.of(letters(layout)),
                                List.of(rejects(layout)),
                                List.of(changes(layout)),
                                List.of(),
                                Map.of(),
                                Funnel.EMPTY,
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                Instant.parse("2026-01-02T03:04:05Z"))))
                .isTrue();
    }

    private static ShardFile original(CorpusLayout layout) {
        ShardMetadata metadata = new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION,
                Vocabulary.of(config.tokenizer()).digest(),
                "0".repeat(64),
                "test",
                true,
                true);
        String path = "shards/two.parquet";
        try (ShardWriter writer = ShardWriter.open(layout.resolve(path), metadata)) {
            writer.write(new ShardRow(
                    "original",
                    "texts",
                    "texts.jsonl#9",
                    Optional.of("https://example.org/original"),
                    0,
                    OptionalLong.of(1_790_000_000_000L),
                    Optional.of("en"),
                    1,
                    ContentHasher.v1(TEXT),
                    1,
                    new int[] {1, 20, 30, 2},
                    60));
            return writer.finish(path);
        }
    }

    private static RecordFile letters(CorpusLayout layout) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeadLetterOutput out = new DeadLetterOutput(bytes, "letters")) {
            out.write(new DeadLetter(
                    "texts",
                    "texts.jsonl#10",
                    0,
                    Optional.empty(),
                    1,
                    DeadLetterReason.NOT_JSON,
                    "it ends too early",
                    new byte[] {'{'},
                    1));
        }
        return stored(layout, "dead-letters/two.avro", bytes);
    }

    private static RecordFile rejects(CorpusLayout layout) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RejectOutput out = new RejectOutput(bytes, "rejects")) {
            Document document = new Document(
                    "few", "texts", "texts.jsonl#2", Optional.empty(), "Few words.", 0, Optional.empty(), Map.of());
            out.write(new Reject(
                    new ContentHash(5, 6), document, 10, "few_words", "too_few", "for this test", List.of()));
        }
        return stored(layout, "rejects/two.avro", bytes);
    }

    private static RecordFile changes(CorpusLayout layout) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            DocumentChange change = new DocumentChange(
                    "texts", "original", DocumentChange.Kind.DELETED, Optional.empty(), "texts.jsonl#11", 0);
            out.write((ChangeCodec.encode(change) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return stored(layout, "changes/two.jsonl.gz", bytes);
    }

    private static RecordFile stored(CorpusLayout layout, String name, ByteArrayOutputStream bytes) throws IOException {
        Files.write(layout.resolve(name), bytes.toByteArray());
        return new RecordFile(name, 1, bytes.size(), Sha256.of(layout.resolve(name)));
    }

    @Test
    void ofADocumentThatWasKeptVerdictStepsAndLossesAreTold() throws IOException {
        JsonNode found = one(kept);
        assertThat(found.path("became").asText()).isEqualTo("kept");
        assertThat(found.path("logEntry").asInt()).isZero();
        assertThat(found.path("committedAt").asText()).isNotEmpty();
        assertThat(found.path("verdict").asText()).isEqualTo("passes");
        assertThat(found.path("filters").findValuesAsText("filter")).contains("few_words");
        JsonNode step = found.at("/steps/0");
        JsonNode journal = JSON.readTree(
                        Files.readAllLines(folder.resolve("run/journal.jsonl")).getFirst())
                .at("/documents/0");
        assertThat(step.path("step").asInt()).isEqualTo(1);
        assertThat(Double.doubleToRawLongBits(step.path("lossSum").asDouble()))
                .isEqualTo(Long.parseUnsignedLong(journal.path("lossBits").asText(), 16));
        assertThat(found.at("/lossNow/step").asInt()).isEqualTo(3);
        assertThat(found.at("/lossNow/of").asInt())
                .isEqualTo(found.path("tokens").asInt());
        assertThat(found.at("/lossNow/lossPerToken").asDouble()).isPositive();
    }

    @Test
    void aDocumentIsFoundByAnyOfItsNamesAndItsChangesAreTold() throws IOException {
        for (String name : List.of("original", "https://example.org/original", "texts.jsonl#9")) {
            JsonNode found = one(name, "--no-loss");
            assertThat(found.path("document").asText()).isEqualTo("original");
            assertThat(found.path("readAt").asText()).isEqualTo("2026-09-21T14:13:20Z");
            assertThat(found.path("committedAt").asText()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(found.at("/changes/0/kind").asText()).isEqualTo("deleted");
            assertThat(found.at("/changes/0/by").asText()).isEqualTo("texts.jsonl#11");
            assertThat(found.path("steps")).isEmpty();
            assertThat(found.path("verdict").asText()).startsWith("not known: the shard was made by the rules");
            assertThat(found.has("lossNow")).isFalse();
        }
    }

    @Test
    void whyADocumentWasDroppedOrRefusedIsTold() throws IOException {
        JsonNode dropped = one("few");
        assertThat(dropped.path("became").asText()).isEqualTo("dropped");
        assertThat(dropped.path("droppedBy").asText()).isEqualTo("few_words");
        JsonNode refused = one("texts.jsonl#10");
        assertThat(refused.path("became").asText()).isEqualTo("refused");
        assertThat(refused.path("reason").asText()).isEqualTo("NOT_JSON");
    }

    @Test
    void aDuplicateIsFoundInItsSourceAndTheDocumentThatHasItsText() throws IOException {
        JsonNode copy = one("copy");
        assertThat(copy.path("became").asText()).isEqualTo("duplicate");
        assertThat(copy.at("/duplicateOf/0").asText()).isEqualTo("original");
    }

    @Test
    void ofWhatWasTakenDownReasonAndStepsAreToldAndNothingElse() throws IOException {
        JsonNode found = one(taken);
        assertThat(found.path("became").asText()).isEqualTo("taken down");
        assertThat(found.path("reason").asText()).isEqualTo("asked");
        assertThat(found.at("/steps/0/step").asInt()).isEqualTo(1);
        assertThat(found.has("origin")).isFalse();
    }

    @Test
    void aTakedownForgetsTheHashesOfTheNames() {
        assertThat(new DocumentSearch(new CorpusLayout(corpus())).index().find(taken))
                .isEmpty();
        assertThat(new DocumentSearch(new CorpusLayout(corpus())).index().find(kept))
                .hasSize(1);
    }

    @Test
    void thePrintedAnswerNamesWhatBecameOfIt() {
        CommandRun run = command("trace", "doc", kept);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("became           kept")
                .contains("document         " + kept)
                .contains("lossNow          step 3, ")
                .contains("steps\n  step 1, from 0, ");
    }

    @Test
    void whatNobodyKnowsIsSaid() {
        CommandRun run = command("trace", "doc", "nobody");
        assertThat(run.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(run.err()).contains("there is no document 'nobody'");
    }

    @Test
    void theIndexCanBeMadeAnew() {
        CommandRun run = command("corpus", "index", "--rebuild");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("log entries, 24 records, ");
    }

    private static JsonNode one(String name, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("doc", name, "--json"));
        all.addAll(List.of(options));
        CommandRun run = command("trace", all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode documents = JSON.readTree(run.out()).path("documents");
        assertThat(documents).hasSize(1);
        return documents.get(0);
    }

    private static CommandRun command(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("alluvium.yaml").toString()));
        return CommandRun.of(command, all);
    }
}
