package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamilyRunTest {

    @TempDir
    private Path folder;

    private TestCorpus corpus;
    private List<ShardRow> documents;

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
        documents = TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY);
    }

    @Test
    void ofTwoFamiliesTheFirstIsReadAsIfTheOtherWereNotThere() throws IOException {
        corpus.family("main").commit(false, documents.subList(0, 20));
        corpus.family("b", "of another vocabulary").commit(true, documents.subList(40, 60));
        corpus.family("main").commit(true, documents.subList(20, 40));
        Path alone = Files.createDirectory(folder.resolve("alone"));
        TestCorpus single = TestRun.corpus(alone);
        single.commit(false, documents.subList(0, 20));
        single.commit(true, documents.subList(20, 40));
        TestRun mixed = new TestRun(folder, "run", "train.eval.everySteps=5");
        TestRun undisturbed = new TestRun(alone, "run", "train.eval.everySteps=5");

        assertThat(mixed.train()).isEqualTo(ExitCode.OK);
        undisturbed.train();

        assertSameJournal(mixed, undisturbed);
        assertThat(mixed.event("eval").number("heldOutBytes", -1))
                .isPositive()
                .isEqualTo(undisturbed.event("eval").number("heldOutBytes", -2));
        assertThat(mixed.event("step").number("lagTokens", -1)).isZero();
    }

    @Test
    void aRunOverSeveralFamiliesThatIsStoppedAndGoesOnIsTheUndisturbedOne() throws IOException {
        corpus.family("main").commit(false, documents.subList(0, 15));
        corpus.family("b").commit(false, documents.subList(15, 33));
        corpus.family("main").commit(true, documents.subList(33, 60));
        TestRun undisturbed = new TestRun(folder, "undisturbed", "train.families=[main,b]");
        undisturbed.train();
        TestRun stopped = new TestRun(folder, "stopped", "train.families=[b,main]");
        for (long step = 1; step < undisturbed.newest().step(); step += 2) {
            stopped.train("train.steps=" + step);
        }
        stopped.train();

        assertSameJournal(stopped, undisturbed);
        assertThat(stopped.newestWeights()).isEqualTo(undisturbed.newestWeights());
    }

    @Test
    void aFamilyThatBeginsBehindTheCursorMayBeAddedAndLeftOutAgain() throws IOException {
        corpus.family("main").commit(true, documents.subList(0, 30));
        TestRun run = new TestRun(folder, "run");
        run.train();
        corpus.family("b").commit(true, documents.subList(30, 45));
        run.train();
        assertThat(run.event("alert").text("message")).contains("train.families: [main, b]");
        long before = run.newest().step();

        run.train("train.families=[main,b]");

        assertThat(run.newest().step()).isGreaterThan(before);
        TestRun atOnce = new TestRun(folder, "at-once", "train.families=[main,b]");
        atOnce.train();
        assertSameJournal(run, atOnce);
        assertThatThrownBy(() -> run.train())
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("past log entry 3, which is of family 'b'")
                .hasMessageContaining("train.families: [main, b]");
    }

    @Test
    void aFamilyThatWasPassedOverIsNotAddedToARun() throws IOException {
        corpus.family("b").commit(false, documents.subList(0, 10));
        corpus.family("main").commit(true, documents.subList(10, 40));
        TestRun run = new TestRun(folder, "run", "train.families=[main]");
        run.train("train.steps=2");
        byte[] journal = Files.readAllBytes(run.layout().journal());

        assertThatThrownBy(() -> run.train("train.families=[main,b]"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("log entry 1");
        assertThat(run.layout().journal()).hasBinaryContent(journal);
        assertThat(run.train()).isEqualTo(ExitCode.OK);
    }

    @Test
    void familiesOfTwoVocabulariesAreNotReadByOneRun() {
        corpus.family("main").commit(false, documents.subList(0, 10));
        corpus.family("b", "f".repeat(64)).commit(true, documents.subList(10, 20));

        assertThatThrownBy(() -> new TestRun(folder, "run", "train.families=[main,b]").train())
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("log entry 2")
                .hasMessageContaining("family 'b'")
                .hasMessageContaining("Set tokenizer.model to what the family has, or leave it out of train.families");
    }

    @Test
    void aRunThatWaitsWhileTheLogGoesOnInAnotherFamilySaysWhatToDo() {
        corpus.family("main").commit(false, documents.subList(0, 12));
        corpus.family("b").commit(false, documents.subList(12, 20));
        TestRun run = new TestRun(folder, "run");
        CompletableFuture<ExitCode> end = CompletableFuture.supplyAsync(run::train);

        Event waiting = run.awaitEvent("waiting", "family 'b'");

        assertThat(waiting.text("reason")).contains("set train.families: [main, b]");
        run.stop().request();
        assertThat(end.join()).isEqualTo(ExitCode.OK);
    }

    private static void assertSameJournal(TestRun run, TestRun other) throws IOException {
        assertThat(run.journalWithoutRows()).isNotEmpty().isEqualTo(other.journalWithoutRows());
    }
}
