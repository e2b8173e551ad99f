package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.cli.fixture.QuietTraining;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of three steps of two micro-batches, each a row of sixteen tokens. */
class TraceCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONTEXT = 16;

    @TempDir
    private Path folder;

    private AlluviumConfig config;
    private List<JsonNode> journal;

    @BeforeEach
    void train() throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: { dir: corpus }
                model: { preset: tiny, context: 16, layers: 1, channels: 16, heads: 2, kvHeads: 1 }
                train:
                  run: run
                  steps: 3
                  batch: 1
                  accumulate: 2
                  shuffleWindow: 4
                  backend: reference
                  eval: { heldOutPermille: 0, everySteps: 0, sampleEverySteps: 0 }
                """);
        config = ConfigLoader.load(file, List.of());
        NumberedCorpus.write(config, 20);
        QuietTraining.run(config);
        journal = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("run/journal.jsonl"))) {
            journal.add(JSON.readTree(line));
        }
    }

    @Test
    void everyPositionOfAStepIsATokenOfItsDocument() throws IOException {
        int position = 0;
        for (JsonNode document : journal.get(1).path("documents")) {
            String id = document.path("id").asText();
            int number = Integer.parseInt(id.substring("doc-".length()));
            int[] ids = CommandRun.ids(
                    Vocabulary.of(config.tokenizer()),
                    "The number " + number + " comes after the number " + (number - 1) + ".");
            for (int token = 0; token < document.path("tokens").asInt(); token += 5) {
                int at = position + token;
                JsonNode found = json("step", "2", "--row", "" + at / CONTEXT, "--pos", "" + at % CONTEXT);
                assertThat(found.path("document").asText()).isEqualTo(id);
                assertThat(found.path("row").asInt()).isEqualTo(at / CONTEXT);
                assertThat(found.path("shardRow").asInt()).isEqualTo(number);
                assertThat(found.path("origin").asText()).isEqualTo("file#" + number);
                assertThat(found.path("shard").asText()).isEqualTo("shards/one.parquet");
                assertThat(found.path("rulesDigest").asText()).isEqualTo("0".repeat(64));
                int index = document.path("from").asInt() + token;
                assertThat(found.path("token").asInt()).isEqualTo(index);
                assertThat(found.path("tokenId").asInt()).isEqualTo(ids[index]);
            }
            position += document.path("tokens").asInt();
        }
        assertThat(position).isEqualTo(2 * CONTEXT);
    }

    @Test
    void whatWasLostOnTheDocumentsOfAStepIsWhatTheStepLost() throws IOException {
        JsonNode step = json("step", "2");
        double sum = 0;
        int ends = 0;
        for (JsonNode document : step.path("documents")) {
            sum += document.path("lossSum").asDouble();
            ends += document.path("from").asInt() + document.path("tokens").asInt() == tokens(document) ? 1 : 0;
        }
        int targets = 2 * CONTEXT - ends; // the last token of a document has none
        assertThat(sum / targets).isCloseTo(step.path("loss").asDouble(), within(1e-5));
    }

    private int tokens(JsonNode document) throws IOException {
        return json("doc", document.path("id").asText())
                .at("/documents/0/tokens")
                .asInt();
    }

    @Test
    void documentsBetweenCheckpointsAreSortedByWhatWasLostOnThem() throws IOException {
        JsonNode all = json("checkpoint", "0..step-000000000003", "--limit", "0");
        assertThat(all.path("steps").asInt()).isEqualTo(3);
        List<Double> losses = new ArrayList<>();
        long tokens = 0;
        for (JsonNode document : all.path("shown")) {
            losses.add(document.path("lossPerToken").asDouble());
            tokens += document.path("tokens").asLong();
        }
        assertThat(losses).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(tokens).isEqualTo(3L * 2 * CONTEXT);
        assertThat(json("checkpoint", "1..3", "--limit", "1").path("shown")).hasSize(1);
    }

    @Test
    void aDocumentIsFoundByItsOriginWithItsSteps() throws IOException {
        JsonNode first = journal.getFirst().path("documents").get(0);
        String id = first.path("id").asText();
        JsonNode found = json("doc", "file#" + id.substring("doc-".length())).at("/documents/0");
        assertThat(found.path("document").asText()).isEqualTo(id);
        assertThat(found.at("/steps/0/step").asInt()).isEqualTo(1);
        assertThat(found.at("/steps/0/lossSum").asDouble())
                .isEqualTo(Double.longBitsToDouble(
                        Long.parseUnsignedLong(first.path("lossBits").asText(), 16)));
    }

    @Test
    void whatIsNotThereIsSaid() {
        CommandRun step = trace("step", "99");
        assertThat(step.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(step.err()).contains("the journal has no step 99");
        CommandRun span = trace("checkpoint", "2..7");
        assertThat(span.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(span.err()).contains("the journal has 1 of the 5 steps of 2..7");
        assertThat(trace("checkpoint", "7..2").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(trace("doc", "nobody").err()).contains("there is no document 'nobody' among 20 rows");
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        CommandRun run = trace(all.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return JSON.readTree(run.out());
    }

    private CommandRun trace(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("alluvium.yaml").toString()));
        return CommandRun.of("trace", all);
    }
}
