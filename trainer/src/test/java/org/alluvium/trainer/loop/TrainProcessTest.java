package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.score.TextScores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainProcessTest {

    private static final int DOCUMENTS = 47;

    @TempDir
    private Path folder;

    private TestCorpus corpus;
    private List<ShardRow> documents;

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
        documents = TestCorpus.documents(1, DOCUMENTS, 30, TestRun.VOCABULARY);
    }

    @Test
    void aBoundedCorpusIsTrainedOnToItsEnd() {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = new TestRun(folder, "run", "train.eval.everySteps=5");

        assertThat(run.train()).isEqualTo(ExitCode.OK);

        assertThat(run.events()).extracting(Event::type).contains("start", "step", "eval", "checkpoint", "stop");
        Event stop = run.events().getLast();
        assertThat(stop.text("reason")).contains("corpus complete");
        assertThat(run.newest().step()).isEqualTo((long) stop.number("step", -1));
        assertThat(run.newest().state().cursor().windowStart().sequence())
                .isEqualTo(corpus.log().lastSequence().orElseThrow() + 1);
    }

    @Test
    void aRunStoppedAfterAnyStepGoesOnAsIfItHadNotBeen() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun undisturbed = new TestRun(folder, "undisturbed");
        undisturbed.train();
        TestRun stopped = new TestRun(folder, "stopped");
        for (long step = 1; step < undisturbed.newest().step(); step++) {
            assertThat(stopped.train("train.steps=" + step)).isEqualTo(ExitCode.OK);
            assertThat(stopped.newest().step()).isEqualTo(step);
        }
        stopped.train();

        assertSameOutcome(stopped, undisturbed);
    }

    @Test
    void aRunKilledAfterAnyCheckpointTakesTheSameStepsAgain() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun undisturbed = new TestRun(folder, "undisturbed");
        for (int step = 3; step <= 15; step += 3) {
            undisturbed.train("train.steps=" + step);
        }
        undisturbed.train();
        List<Path> checkpoints = new CheckpointFolder(undisturbed.layout()).paths();
        assertThat(checkpoints).hasSize(6);
        for (Path checkpoint : checkpoints) {
            TestRun killed = new TestRun(folder, "killed-at-" + checkpoint.getFileName());
            TestRun.copy(checkpoint, killed.layout().checkpoints().resolve(checkpoint.getFileName()));
            TestRun.copy(undisturbed.layout().journal(), killed.layout().journal());
            Files.writeString(killed.layout().journal(), "{\"step\": 4", StandardOpenOption.APPEND);

            assertThat(killed.train()).isEqualTo(ExitCode.OK);
            assertSameOutcome(killed, undisturbed);
            assertThat(killed.events()).extracting(Event::type).doesNotContain("freshness");
        }
    }

    @Test
    void aRunGoesOnOverLinesOfAnOlderReleaseWhichSayNothingOfTheLossesOfDocuments() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun undisturbed = new TestRun(folder, "undisturbed");
        undisturbed.train("train.steps=3");
        Path checkpoint = undisturbed.newest().path();
        undisturbed.train("train.steps=6");
        List<String> lines = Files.readAllLines(undisturbed.layout().journal());
        List<String> older = lines.stream()
                .map(line ->
                        line.replaceAll(",\"row\":\\[[0-9,]+]", "").replaceAll(",\"lossBits\":\"[0-9a-f]+\"}", "}"))
                .toList();
        assertThat(older).doesNotContainAnyElementsOf(lines);
        TestRun killed = new TestRun(folder, "killed");
        TestRun.copy(checkpoint, killed.layout().checkpoints().resolve(checkpoint.getFileName()));
        Files.write(killed.layout().journal(), lines.subList(0, 3));
        Files.write(killed.layout().journal(), older.subList(3, 5), StandardOpenOption.APPEND);

        assertThat(killed.train("train.steps=6")).isEqualTo(ExitCode.OK);

        List<String> journal = Files.readAllLines(killed.layout().journal());
        assertThat(journal.subList(3, 5)).isEqualTo(older.subList(3, 5));
        assertThat(journal.get(5)).isEqualTo(lines.get(5));
    }

    @Test
    void aLossOfADocumentThatComesOutDifferentlyEndsTheRun() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");
        Path checkpoint = run.newest().path();
        run.train("train.steps=4");
        TestRun killed = new TestRun(folder, "killed");
        TestRun.copy(checkpoint, killed.layout().checkpoints().resolve(checkpoint.getFileName()));
        List<String> lines = new ArrayList<>(Files.readAllLines(run.layout().journal()));
        lines.set(3, lines.get(3).replaceFirst("\"lossBits\":\"[0-9a-f]+\"}", "\"lossBits\":\"40\"}"));
        Files.write(killed.layout().journal(), lines);

        assertThatThrownBy(() -> killed.train("train.steps=4"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("step 4 was taken again and came out differently: documents was");
    }

    @Test
    void theFreshnessOfEveryDocumentIsToldOnce() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=5");
        run.train();
        long learnedFrom = Pattern.compile("\"from\":0,")
                .matcher(Files.readString(run.layout().journal()))
                .results()
                .count();

        assertThat(learnedFrom).isPositive();
        assertThat(run.events())
                .filteredOn(event -> event.type().equals("freshness"))
                .extracting(event -> (long) event.number("documents", -1))
                .hasSizeGreaterThanOrEqualTo(2)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(learnedFrom));
    }

    @Test
    void whatTextsCostBeforeTheyWereLearnedFromIsAddedUpOverTheWholeRun() {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = new TestRun(folder, "run", "train.eval.everySteps=4");
        run.train("train.steps=6");
        run.train();

        Event last = run.event("prequential");
        TextScores total = run.newest().prequential().total();
        assertThat(last.number("documents", 0))
                .isBetween(1.0, (double) total.all().documents());
        assertThat(total.bySource()).containsOnly(Map.entry("test", total.all()));
        assertThat(total.byLanguage()).containsOnly(Map.entry("und", total.all()));
        assertThat(total.all().textBytes())
                .isEqualTo(run.newest().state().progress().textBytes());
    }

    @Test
    void howTheLogIsCutAndWhenItGrewChangesNothing() throws IOException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun first = new TestRun(folder, "run");
        first.train();
        Path other = Files.createDirectory(folder.resolve("other"));
        TestCorpus grown = TestRun.corpus(other);
        grown.commit(false, documents.subList(0, 29));
        TestRun second = new TestRun(other, "run");
        CompletableFuture<ExitCode> training = CompletableFuture.supplyAsync(second::train);
        second.awaitEvent("waiting");
        grown.commit(false, documents.subList(29, 30), documents.subList(30, 46));
        grown.fence();
        grown.commit(true, documents.subList(46, DOCUMENTS));

        assertThat(training.join()).isEqualTo(ExitCode.OK);
        assertSameOutcome(second, first);
    }

    @Test
    void waitingSaysWhatIsMissing() {
        TestRun run = new TestRun(folder, "run");
        CompletableFuture<ExitCode> training = CompletableFuture.supplyAsync(run::train);
        assertThat(run.awaitEvent("waiting").text("reason")).contains("log empty");
        corpus.commit(false, documents.subList(0, 3));
        assertThat(run.awaitEvent("waiting", "window incomplete").text("reason"))
                .matches("window incomplete: [1-3] of 10 documents");
        run.stop().request();

        assertThat(training.join()).isEqualTo(ExitCode.OK);
        assertThat(run.events().getLast().text("reason")).contains("stopped");
    }

    @Test
    void aStopLeavesACheckpointAndAGoalUnreachedIsToldByTheExitCode() {
        corpus.commit(false, documents);
        TestRun run = new TestRun(folder, "run", "train.steps=1000000");
        CompletableFuture<ExitCode> training = CompletableFuture.supplyAsync(run::train);
        run.awaitEvent("waiting");
        run.stop().request();

        assertThat(training.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run.newest().step()).isPositive();
    }

    @Test
    void aCompleteRunThatIsStartedAgainChangesNothing() throws IOException {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train();
        byte[] manifest = Files.readAllBytes(run.newest().path().resolve("MANIFEST.json"));

        assertThat(run.train()).isEqualTo(ExitCode.OK);
        assertThat(run.newest().path().resolve("MANIFEST.json")).hasBinaryContent(manifest);
    }

    @Test
    void documentsThatComeAfterTheEndAreTrainedOnByTheNextProcess() throws IOException {
        corpus.commit(true, documents.subList(0, 20));
        TestRun run = new TestRun(folder, "run");
        run.train();
        corpus.commit(true, documents.subList(20, DOCUMENTS));
        run.train();
        TestRun late = new TestRun(folder, "late");
        late.train();

        assertSameOutcome(run, late);
    }

    @Test
    void aDamagedNewestCheckpointIsSetAsideForTheOneBefore() throws IOException {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run", "train.checkpoint.permanentEverySteps=4");
        run.train();
        byte[] weights = run.newestWeights();
        Path newest = run.newest().path();
        Files.write(newest.resolve("optimizer.safetensors"), new byte[] {1}, StandardOpenOption.APPEND);

        assertThat(run.train()).isEqualTo(ExitCode.OK);
        assertThat(run.event("resume").text("notes")).contains("optimizer.safetensors", "set aside");
        assertThat(newest.resolveSibling("damaged-" + newest.getFileName())).isDirectory();
        assertThat(run.newestWeights()).isEqualTo(weights);
    }

    @Test
    void aRunWithoutAnyWholeCheckpointIsRefused() throws IOException {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train();
        Files.delete(run.newest().path().resolve("state.json"));

        assertThatThrownBy(run::train).isInstanceOf(DataException.class).hasMessageContaining("state.json is missing");
        assertThat(run.event("error").text("message")).contains("state.json is missing");
    }

    @Test
    void anotherOrderOfDocumentsIsRefusedWithBothValues() {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");

        assertThatThrownBy(() -> run.train("train.seed=8", "train.shuffleWindow=11"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("train.seed was 7 and is now 8")
                .hasMessageContaining("train.shuffleWindow was 10 and is now 11");
    }

    @Test
    void anotherVocabularyIsRefused() {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");

        assertThatThrownBy(() -> run.train("tokenizer.model=" + TestRun.otherVocabulary(folder)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("vocabulary")
                .hasMessageContaining(run.newest().vocabulary().digest());
    }

    @Test
    void anotherModelIsRefused() {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");

        assertThatThrownBy(() -> run.train("model.layers=5"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("layers=5");
    }

    @Test
    void anotherCorpusIsRefused() throws IOException {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");
        Path other = Files.createDirectory(folder.resolve("other"));
        TestRun.corpus(other).commitCut(TestCorpus.documents(2, 20, 30, TestRun.VOCABULARY), 7);

        assertThatThrownBy(() -> run.train("corpus.dir=" + other.resolve("corpus")))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("the corpus is not the one");
    }

    @Test
    void aStepThatComesOutDifferentlyEndsTheRun() throws IOException {
        corpus.commitCut(documents, 7);
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");
        String line = Files.readAllLines(run.layout().journal()).getLast();
        Files.writeString(
                run.layout().journal(), line.replace("\"step\":3", "\"step\":4") + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(run::train)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("step 4 was taken again and came out differently: documents was");
    }

    @Test
    void aSecondTrainerOnTheSameRunIsRefused() {
        TestRun run = new TestRun(folder, "run");
        try (ProcessLock lock = ProcessLock.acquire(run.layout().lock(), "train")) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(run::train).isInstanceOf(UnavailableException.class);
        }
    }

    private static void assertSameOutcome(TestRun actual, TestRun expected) throws IOException {
        assertThat(actual.journalWithoutRows()).isNotEmpty().isEqualTo(expected.journalWithoutRows());
        assertThat(actual.newest().step()).isEqualTo(expected.newest().step());
        assertThat(actual.newest().prequential()).isEqualTo(expected.newest().prequential());
        assertThat(actual.newest().path().resolve("model.safetensors"))
                .hasSameBinaryContentAs(expected.newest().path().resolve("model.safetensors"));
        assertThat(actual.newest().path().resolve("optimizer.safetensors"))
                .hasSameBinaryContentAs(expected.newest().path().resolve("optimizer.safetensors"));
    }
}
