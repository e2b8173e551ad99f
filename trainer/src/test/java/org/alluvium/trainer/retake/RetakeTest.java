package org.alluvium.trainer.retake;

import static org.alluvium.trainer.fixture.RunSteps.documentOfStep;
import static org.alluvium.trainer.fixture.RunSteps.stepsOf;
import static org.alluvium.trainer.fixture.RunSteps.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.fixture.BigramModel;
import org.alluvium.trainer.fixture.PlantedCorpus;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.guard.LeftOut;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with checkpoints after steps 4 and 8, of which steps are taken again. */
class RetakeTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ROW = 8;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /** For those who only read it. */
    private static TestRun run;

    @BeforeAll
    static void train() {
        corpus(shared);
        run = trained(shared);
    }

    private static TestCorpus corpus(Path folder) {
        TestCorpus corpus = TestRun.corpus(folder);
        corpus.commitCut(TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY), 7, 13, 2);
        return corpus;
    }

    private static TestRun trained(Path folder) {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=4");
        run.train("train.steps=8");
        run.train("train.steps=14");
        return run;
    }

    @Test
    void lossesOfSingleTokensAddUpToThoseOfDocumentsWhereverTheStepIs() throws IOException {
        Map<Path, String> before = content();
        assertThat(retake(run, 5).steps()).isEqualTo(1);
        assertThat(retake(run, 8).checkpoint()).contains(run.layout().checkpoint(4));
        assertThat(retake(run, 12).steps()).isEqualTo(4);
        assertThat(retake(run, 3).checkpoint()).isEmpty();
        for (long step : List.of(5L, 8L, 12L, 3L)) {
            assertAddsUp(run, step);
        }
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void theTargetOfAPositionIsTheTokenAfterItAndTheLastOfADocumentHasNone() throws IOException {
        RetakenStep step = retake(run, 6);
        int position = 0;
        for (JsonNode part : JSON.readTree(valid(run).get(6L)).path("documents")) {
            int[] ids = step.batch().pieces().stream()
                    .filter(piece ->
                            piece.document().id().equals(part.path("id").asText()))
                    .findFirst()
                    .orElseThrow()
                    .document()
                    .ids();
            for (int token = part.path("from").asInt();
                    token < part.path("from").asInt() + part.path("tokens").asInt();
                    token++) {
                Optional<RetakenStep.TokenLoss> loss = step.at(position++);
                assertThat(loss.map(RetakenStep.TokenLoss::id))
                        .isEqualTo(token == ids.length - 1 ? Optional.empty() : Optional.of(ids[token + 1]));
                assertThat(loss.map(RetakenStep.TokenLoss::probability).orElse(0.5))
                        .isBetween(0.0, 1.0);
            }
        }
        assertThat(position).isEqualTo(4 * ROW);
    }

    @Test
    void progressIsToldOfEveryStep() {
        List<String> told = new ArrayList<>();
        Retake.of(run.config("train.steps=14"), (shape, setup, train) -> new BigramModel(shape), 7, (from, steps) -> {
            told.add(from.orElseThrow().getFileName() + " and " + steps);
            return done -> told.add("" + done);
        });
        assertThat(told).containsExactly("step-000000000004 and 3", "1", "2", "3");
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        corpus(folder);
        TestRun own = trained(folder);
        Files.writeString(own.layout().checkpoint(8).resolve("guard.json"), "{}");
        assertThat(retake(own, 10).checkpoint()).contains(own.layout().checkpoint(4));
    }

    @Test
    void aCheckpointThatTheRunWentBackFromIsPassedOver() throws IOException {
        corpus(folder);
        TestRun own = trained(folder);
        Path journal = own.layout().journal();
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, "{\"takedown\":{\"afterStep\":6,\"through\":0}}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> retake(own, 9)).hasMessageContaining("no step 9 that counts");
        Files.write(journal, lines.subList(6, 14), StandardOpenOption.APPEND);

        assertThat(retake(own, 9).checkpoint()).contains(own.layout().checkpoint(4));
    }

    @Test
    void aStepThatComesOutOtherwiseThanItIsRecordedIsRefused() throws IOException {
        corpus(folder);
        TestRun own = trained(folder);
        Path journal = own.layout().journal();
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        String line = lines.get(5);
        int at = line.indexOf("\"lossBits\":\"") + "\"lossBits\":\"".length();
        lines.set(5, line.substring(0, at + 15) + (line.charAt(at + 15) == '0' ? '1' : '0') + line.substring(at + 16));
        assertThat(lines.get(5)).hasSameSizeAs(line);
        Files.write(journal, lines);

        assertThatThrownBy(() -> retake(own, 7))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "step 6 was taken again and came out otherwise than it is recorded: documents was");
        assertAddsUp(own, 5);
        assertAddsUp(own, 9);
    }

    @Test
    void anotherConfigurationIsRefused() {
        assertThatThrownBy(() -> retake(run, 6, "train.optimizer.learningRate=2e-3"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("learningRate was");
        assertThatThrownBy(() -> retake(run, 6, "train.seed=8")).isInstanceOf(MismatchException.class);
    }

    @Test
    void aStepThatTheRunHasNotTakenIsRefused() {
        assertThatThrownBy(() -> retake(run, 15))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no step 15");
        assertThatThrownBy(() -> retake(run, 0)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aCorpusThatIsNotThereAnyMoreIsMissed() {
        String elsewhere = "corpus.dir="
                + new CorpusLayout(folder.resolve("elsewhere")).create().root();
        assertThatThrownBy(() -> retake(run, 6, elsewhere)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> retake(run, 3, elsewhere))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the corpus ends before step 1");
    }

    @Test
    void whatIsTakenDownIsNotLearnedFromAgain() throws IOException {
        TestCorpus corpus = corpus(folder);
        TestRun own = trained(folder);
        String taken = documentOfStep(own, 6);
        corpus.takeDown(taken);
        corpus.carryOut();
        long first = stepsOf(own, taken).getFirst();

        assertThatThrownBy(() -> retake(own, 8))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("step " + first + " learned from what is taken down now");
        assertAddsUp(own, 5);
        assertAddsUp(own, 9);
    }

    @Test
    void stepsThatWereTakenAgainWithoutWhatIsTakenDownComeOutAsTheRunHasThem() throws IOException {
        TestCorpus corpus = corpus(folder);
        TestRun own = trained(folder);
        String taken = documentOfStep(own, 11);
        corpus.takeDown(taken);
        AtomicDirectory.delete(own.layout().checkpoint(14));
        own.train("train.steps=14");
        assertThat(Files.readString(own.layout().journal())).contains("{\"takedown\":");

        for (long step = 9; step <= 14; step++) {
            assertAddsUp(own, step);
        }
    }

    @Test
    void whatARunLeavesOutIsLeftOutAgain() throws IOException {
        Path elsewhere = folder.resolve("planted");
        TestRun guarded = new PlantedCorpus(40, 24).run(elsewhere, "guarded", PlantedCorpus.bad(2));
        guarded.train("train.steps=4");
        guarded.train();
        Checkpoint newest = guarded.newest();
        LeftOut.Rewind rewind = newest.guard().leftOut().rewinds().getFirst();
        assertThat(rewind.afterStep()).isGreaterThan(6);

        for (long step : List.of(6L, rewind.afterStep(), rewind.afterStep() + 1, newest.step())) {
            RetakenStep again = Retake.of(
                    guarded.config(),
                    (shape, setup, train) -> new BigramModel(shape),
                    step,
                    (from, steps) -> done -> {});
            assertThat(again.checkpoint()).contains(guarded.layout().checkpoint(4));
            assertAddsUp(guarded, again);
        }
    }

    private static RetakenStep retake(TestRun run, long step, String... overrides) {
        List<String> settings = new ArrayList<>(List.of("train.steps=14"));
        settings.addAll(List.of(overrides));
        return Retake.of(
                run.config(settings.toArray(String[]::new)),
                (shape, setup, train) -> new BigramModel(shape),
                step,
                (from, steps) -> done -> {});
    }

    private static void assertAddsUp(TestRun run, long step) throws IOException {
        assertAddsUp(run, retake(run, step));
    }

    /** Added in the order of the tape and in double precision, as the journal has it. */
    private static void assertAddsUp(TestRun run, RetakenStep step) throws IOException {
        int position = 0;
        JsonNode documents = JSON.readTree(valid(run).get(step.step())).path("documents");
        assertThat(documents).isNotEmpty();
        for (JsonNode part : documents) {
            double sum = 0;
            for (int i = 0; i < part.path("tokens").asInt(); i++) {
                sum += step.at(position++).map(RetakenStep.TokenLoss::nats).orElse(0.0);
            }
            assertThat(Long.toHexString(Double.doubleToRawLongBits(sum)))
                    .isEqualTo(part.path("lossBits").asText());
        }
    }

    /** The files of the run and their digests. */
    private Map<Path, String> content() throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run.layout().root())) {
            for (Path file : files.toList()) {
                digests.put(file, Files.isDirectory(file) ? "folder" : Sha256.of(file));
            }
        }
        return digests;
    }
}
