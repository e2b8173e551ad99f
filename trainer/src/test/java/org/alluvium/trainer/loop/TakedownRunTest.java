package org.alluvium.trainer.loop;

import static org.alluvium.trainer.fixture.RunSteps.documentOfStep;
import static org.alluvium.trainer.fixture.RunSteps.loseCheckpointsFrom;
import static org.alluvium.trainer.fixture.RunSteps.named;
import static org.alluvium.trainer.fixture.RunSteps.stepsOf;
import static org.alluvium.trainer.fixture.RunSteps.trainStepwise;
import static org.alluvium.trainer.fixture.RunSteps.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.journal.LearnedFrom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are taken down before, while and after a run learns from them. */
class TakedownRunTest {

    private static final String STRICT = "train.shuffleWindow=1";

    private static final List<ShardRow> DOCUMENTS = TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY);

    /** Runs that nobody disturbed, with all their checkpoints: tests go on with copies. */
    @TempDir
    static Path trained;

    @TempDir
    Path folder;

    private TestCorpus corpus;

    @BeforeAll
    static void trainOnce() {
        TestRun.corpus(trained).commitCut(DOCUMENTS, 7, 4);
        trainStepwise(new TestRun(trained, "windows"));
        trainStepwise(new TestRun(trained, "strict", STRICT));
    }

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
    }

    /** One of those runs, on a corpus that is the same to the byte. */
    private TestRun copyOf(String name, String... settings) throws IOException {
        corpus.commitCut(DOCUMENTS, 7, 4);
        TestRun run = new TestRun(folder, "run", settings);
        TestRun.copyAll(trained.resolve(name), run.layout().root());
        return run;
    }

    @Test
    void itIsTheSameRunWhetherTheDocumentStillHasItsRowOrLeftAHole() throws IOException {
        corpus.commitCut(DOCUMENTS, 7, 4);
        corpus.takeDown("doc-3", "doc-17", "doc-44");
        TestRun rows = new TestRun(folder, "rows");
        rows.train();
        corpus.carryOut();
        TestRun holes = new TestRun(folder, "holes");
        holes.train();

        assertThat(holes.layout().journal())
                .hasSameBinaryContentAs(rows.layout().journal());
        assertThat(holes.newestWeights()).isEqualTo(rows.newestWeights());
        assertThat(named(rows)).doesNotContain("doc-3", "doc-17", "doc-44").contains("doc-2", "doc-18");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fromTheLastCleanCheckpointItIsTheRunThatHadTheTakedownBefore(boolean carriedOut) throws IOException {
        TestRun run = copyOf("windows");
        String taken = documentOfStep(run, run.newest().step() / 2);
        long first = stepsOf(run, taken).getFirst();
        LearnedFrom learned = learned(run, taken);
        assertThat(learned.steps()).isEqualTo(stepsOf(run, taken));
        assertThat(learned.documents()).isEqualTo(1);
        assertThat(learned.clean().orElseThrow().step()).isEqualTo(first - 1);
        assertThat(learned.holding()).startsWith(first).endsWith(run.newest().step());
        assertThat(learned.stepsAgain()).isEqualTo(run.newest().step() - first + 1);
        takeDown(taken, carriedOut);

        assertThat(run.trainFrom(first - 1)).isEqualTo(ExitCode.OK);
        assertThat(learned(run, taken).steps()).isEmpty();

        TestRun without = new TestRun(folder, "without");
        without.train();
        assertThat(run.newestWeights()).isEqualTo(without.newestWeights());
        assertThat(valid(run)).isEqualTo(valid(without));
        assertThat(stepsOf(run, taken)).isEmpty();
        assertThat(run.layout().checkpoints())
                .isDirectoryContaining(path -> path.getFileName().toString().startsWith("undone-"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inOrderOfArrivalItIsTheRunOverAStreamThatNeverHadTheDocument(boolean carriedOut) throws IOException {
        TestRun run = copyOf("strict", STRICT);
        String taken = documentOfStep(run, run.newest().step() / 2);
        takeDown(taken, carriedOut);
        run.trainFrom(stepsOf(run, taken).getFirst() - 1);

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        TestRun.corpus(elsewhere)
                .commitCut(
                        DOCUMENTS.stream()
                                .filter(row -> !row.documentId().equals(taken))
                                .toList(),
                        5);
        TestRun never = new TestRun(elsewhere, "run", STRICT);
        never.train();
        assertThat(run.newestWeights()).isEqualTo(never.newestWeights());
    }

    @Test
    void aTakedownWhileTheRunWaitsHoldsForWhatItHasReadAhead() throws IOException {
        corpus.commit(false, DOCUMENTS.subList(0, 35));
        TestRun run = new TestRun(folder, "run");
        CompletableFuture<ExitCode> training = CompletableFuture.supplyAsync(run::train);
        run.awaitEvent("waiting", "window incomplete");
        List<String> learned = named(run);
        String taken = DOCUMENTS.subList(0, 35).stream()
                .map(ShardRow::documentId)
                .filter(id -> !learned.contains(id))
                .reduce((one, other) -> other)
                .orElseThrow();
        corpus.takeDown(taken);
        corpus.commit(true, DOCUMENTS.subList(35, 60));
        assertThat(training.join()).isEqualTo(ExitCode.OK);

        TestRun without = new TestRun(folder, "without");
        without.train();
        assertThat(named(run)).doesNotContain(taken);
        assertThat(run.newestWeights()).isEqualTo(without.newestWeights());
        assertThat(run.event("takedown").number("through", -1)).isEqualTo(1);
        assertThat(Files.readString(run.layout().journal())).contains("{\"takedown\":{\"afterStep\":");
    }

    @Test
    void whatWasLearnedAfterTheNewestCheckpointIsTakenAgainWithoutWhatIsTakenDown() throws IOException {
        TestRun run = copyOf("windows");
        long last = run.newest().step();
        String taken = documentOfStep(run, last - 2);
        long first = stepsOf(run, taken).getFirst();
        loseCheckpointsFrom(run, first - 1);
        takeDown(taken, true);

        assertThat(run.train()).isEqualTo(ExitCode.OK);

        TestRun without = new TestRun(folder, "without");
        without.train();
        assertThat(run.newestWeights()).isEqualTo(without.newestWeights());
        assertThat(valid(run)).isEqualTo(valid(without));
        assertThat(Files.readString(run.layout().journal()))
                .contains("{\"takedown\":{\"afterStep\":" + (first - 1) + ",");
    }

    @Test
    void aTakedownOfWhatWasNotLearnedSinceTheCheckpointChangesNoLine() throws IOException {
        TestRun run = copyOf("windows");
        byte[] journal = Files.readAllBytes(run.layout().journal());
        byte[] weights = run.newestWeights();
        String taken = documentOfStep(run, 1);
        loseCheckpointsFrom(run, stepsOf(run, taken).getLast() + 1);
        takeDown(taken, true);

        run.train();

        assertThat(run.layout().journal()).hasBinaryContent(journal);
        assertThat(run.newestWeights()).isEqualTo(weights);
    }

    @Test
    void anotherDifferenceIsStillAnError() throws IOException {
        TestRun run = copyOf("windows");
        loseCheckpointsFrom(run, run.newest().step() - 2);
        takeDown(documentOfStep(run, 1), true);
        String text = Files.readString(run.layout().journal());
        int at = text.lastIndexOf("\"lossBits\":\"") + "\"lossBits\":\"".length();
        Files.writeString(run.layout().journal(), text.substring(0, at) + "0" + text.substring(at + 1));

        assertThatThrownBy(run::train).isInstanceOf(DataException.class).hasMessageContaining("came out differently");
    }

    @Test
    void heldOutTextsThatAreTakenDownAreNotAskedAnyMore() {
        corpus.commitCut(DOCUMENTS, 7, 4);
        TestRun before = new TestRun(folder, "before", "train.eval.everySteps=5");
        before.train();
        List<String> heldOut = DOCUMENTS.stream()
                .filter(row -> Long.remainderUnsigned(row.contentHash().high(), 1000) < 100)
                .map(ShardRow::documentId)
                .toList();
        assertThat(heldOut).hasSizeGreaterThan(1);
        corpus.takeDown(heldOut.getFirst());
        TestRun after = new TestRun(folder, "after", "train.eval.everySteps=5");
        after.train();

        long bytes = DOCUMENTS.stream()
                .filter(row -> row.documentId().equals(heldOut.getFirst()))
                .mapToLong(ShardRow::textBytes)
                .sum();
        assertThat(after.event("eval").number("heldOutBytes", -1))
                .isEqualTo(before.event("eval").number("heldOutBytes", -1) - bytes);
    }

    private static LearnedFrom learned(TestRun run, String id) {
        return LearnedFrom.of(run.layout(), List.of(), part -> part.id().equals(id));
    }

    private void takeDown(String id, boolean carriedOut) {
        corpus.takeDown(id);
        if (carriedOut) {
            corpus.carryOut();
        }
    }
}
