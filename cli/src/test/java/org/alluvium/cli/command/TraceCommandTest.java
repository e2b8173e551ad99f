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
import java.util.stream.Stream;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.cli.fixture.QuietTraining;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.flink.job.FilterPolicy;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of three steps of two micro-batches, each a row of sixteen tokens, with checkpoints after the first and the last. */
class TraceCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONTEXT = 16;

    @TempDir
    private static Path folder;

    private static AlluviumConfig config;
    private static List<JsonNode> journal;

    @BeforeAll
    static void train() throws IOException {
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
                filters: { custom: [{ type: %s, options: { least: "9" } }] }
                """.formatted(FewWords.class.getName()));
        config = ConfigLoader.load(file, List.of());
        NumberedCorpus.write(config, 20);
        QuietTraining.run(ConfigLoader.load(file, List.of("train.steps=1")));
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
            int number = number(document);
            int[] ids = ids(document);
            for (int token = 0; token < document.path("tokens").asInt(); token += 5) {
                int at = position + token;
                JsonNode found = at(2, at, "--no-loss");
                assertThat(found.path("document").asText()).isEqualTo(id);
                assertThat(found.path("row").asInt()).isEqualTo(at / CONTEXT);
                assertThat(found.path("shardRow").asInt()).isEqualTo(number);
                assertThat(found.path("origin").asText()).isEqualTo("file#" + number);
                assertThat(found.path("shard").asText()).isEqualTo("shards/one.parquet");
                assertThat(found.path("rulesDigest").asText()).isEqualTo(FilterPolicy.digest(config));
                int index = document.path("from").asInt() + token;
                assertThat(found.path("token").asInt()).isEqualTo(index);
                assertThat(found.path("tokenId").asInt()).isEqualTo(ids[index]);
                assertThat(found.path("tokenLoss").isMissingNode()).isTrue();
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

    @Test
    void lossesOfSingleTokensAddUpToThatOfTheirDocument() throws IOException {
        JsonNode part = journal.get(1).path("documents").get(0); // which the step before has cut, so that it is short
        int[] ids = ids(part);
        double sum = 0;
        for (int position = 0; position < part.path("tokens").asInt(); position++) {
            JsonNode found = at(2, position);
            int token = part.path("from").asInt() + position;
            assertThat(found.path("stepsTakenAgain").asInt()).isEqualTo(1);
            assertThat(found.path("takenAgainFrom").asText()).isEqualTo("step-000000000001");
            if (token == ids.length - 1) {
                assertThat(found.path("tokenLossMissing").asText()).contains("has no target");
            } else {
                sum += found.path("tokenLoss").asDouble();
                assertThat(found.path("targetId").asInt()).isEqualTo(ids[token + 1]);
                assertThat(found.path("probability").asDouble())
                        .isEqualTo(Math.exp(-found.path("tokenLoss").asDouble()));
            }
        }
        assertThat(Long.toHexString(Double.doubleToRawLongBits(sum)))
                .isEqualTo(part.path("lossBits").asText());
        assertThat(at(1, 0).path("takenAgainFrom").asText()).isEqualTo("the beginning of the run");
    }

    @Test
    void aRunWithoutCheckpointsIsTakenAgainFromItsBeginning() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Files.copy(folder.resolve("run/journal.jsonl"), bare.resolve("journal.jsonl"));
        JsonNode found = at(2, 1, "--run", bare.toString());
        assertThat(found.path("takenAgainFrom").asText()).isEqualTo("the beginning of the run");
        assertThat(found.path("stepsTakenAgain").asInt()).isEqualTo(2);
        JsonNode fromCheckpoint = at(2, 1);
        assertThat(found.path("tokenId")).isEqualTo(fromCheckpoint.path("tokenId"));
        assertThat(found.path("tokenLoss").asDouble())
                .isPositive()
                .isEqualTo(fromCheckpoint.path("tokenLoss").asDouble());
        try (Stream<Path> files = Files.list(bare)) {
            assertThat(files).containsExactly(bare.resolve("journal.jsonl"));
        }
    }

    @Test
    void filtersAreAskedAgainWhatTheySayOfTheDocument() throws IOException {
        JsonNode found = at(2, 3, "--no-loss");
        assertThat(found.path("verdict").asText()).isEqualTo("passes");
        assertThat(found.at("/filters/0/filter").asText()).isEqualTo("few_words");
        assertThat(found.at("/filters/0/findings/0/value").asDouble()).isEqualTo(9);
        assertThat(at(2, 3, "--no-loss", "--set", "filters={}").path("verdict").asText())
                .startsWith("not known: the shard was made by the rules");
        assertThat(trace("step", "2", "--row", "0", "--pos", "1").out())
                .containsPattern("tokenLoss +\\d+\\.\\d+")
                .containsPattern("verdict +passes")
                .containsPattern("few_words +too_few +9 +at least 9");
    }

    @Test
    void withoutTheConfigurationEverythingElseIsTold() throws IOException {
        CommandRun run = CommandRun.of(
                "trace",
                List.of(
                        "step",
                        "2",
                        "--row",
                        "0",
                        "--pos",
                        "3",
                        "--json",
                        "--run",
                        folder.resolve("run").toString(),
                        "--corpus",
                        folder.resolve("corpus").toString(),
                        "--config",
                        folder.resolve("nowhere.yaml").toString()));
        JsonNode found = JSON.readTree(run.out());
        assertThat(found.path("document").asText()).startsWith("doc-");
        assertThat(found.path("tokenLossMissing").asText()).contains("name it with --config");
        assertThat(found.path("verdict").asText()).startsWith("not known: ");
    }

    @Test
    void aLossThatCannotBeHadIsRefusedAndTheRestCanBeAskedFor() throws IOException {
        List<String> other =
                List.of("step", "2", "--row", "0", "--pos", "3", "--set", "train.optimizer.learningRate=0.5");
        CommandRun refused = trace(other.toArray(String[]::new));
        assertThat(refused.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(refused.err()).contains("--no-loss tells the rest", "step 2 was taken again and came out otherwise");
    }

    private static int number(JsonNode document) {
        return Integer.parseInt(document.path("id").asText().substring("doc-".length()));
    }

    private static int[] ids(JsonNode document) {
        int number = number(document);
        return CommandRun.ids(
                Vocabulary.of(config.tokenizer()),
                "The number " + number + " comes after the number " + (number - 1) + ".");
    }

    /** What is at a position of the tape. */
    private static JsonNode at(int step, int position, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("step", "" + step, "--row", "" + position / CONTEXT, "--pos", "" + position % CONTEXT));
        arguments.addAll(List.of(more));
        return json(arguments.toArray(String[]::new));
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

    private static JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        CommandRun run = trace(all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private static CommandRun trace(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("alluvium.yaml").toString()));
        return CommandRun.of("trace", all);
    }
}
