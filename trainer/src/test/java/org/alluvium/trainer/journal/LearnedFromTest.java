package org.alluvium.trainer.journal;

import static org.alluvium.trainer.fixture.RunSteps.documentOfStep;
import static org.alluvium.trainer.fixture.RunSteps.stepsOf;
import static org.alluvium.trainer.fixture.RunSteps.trainStepwise;
import static org.alluvium.trainer.fixture.RunSteps.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.branch.DecayBranch;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedFromTest {

    @TempDir
    private Path folder;

    private TestCorpus corpus;
    private TestRun run;

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
        run = new TestRun(folder, "run");
    }

    @Test
    void ofTwoVersionsOfADocumentThatWithTheRowIsMeant() throws IOException {
        List<ShardRow> documents = new ArrayList<>(TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY));
        ShardRow later = documents.get(50);
        ShardRow version = TestCorpus.row("doc-3", later.inputIds(), later.contentHash(), 1);
        documents.set(50, version);
        corpus.commit(true, documents);
        run.train();

        RowPlace place = new RowPlace(0, 0, 50);
        List<Long> both = stepsOf(run, "doc-3");
        List<Long> steps = learned(run.layout(), at(place)).steps();

        assertThat(steps).isNotEmpty().isSubsetOf(both).hasSizeLessThan(both.size());
        assertThat(valid(run).get(steps.getFirst())).contains("\"doc-3\",\"row\":[0,0,50]");
        assertThat(learned(run.layout(), named("doc-3")).documents()).isEqualTo(2);
        assertThat(learned(run.layout(), at(place)).documents()).isEqualTo(1);
    }

    @Test
    void whatNoReleaseHadNotedThenIsGoneByItsId() throws IOException {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        run.train();
        Files.writeString(run.layout().journal(), run.journalWithoutRows());

        String id = documentOfStep(run, 4);
        Predicate<JournalLine.Part> older =
                part -> part.row().isEmpty() && part.id().equals(id);
        assertThat(learned(run.layout(), older).steps()).isEqualTo(stepsOf(run, id));
    }

    @Test
    void aStepThatWasSkippedHasLearnedNothing() throws IOException {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        run.train();
        String id = documentOfStep(run, 4);
        String line = valid(run).get(4L);
        String journal = Files.readString(run.layout().journal());
        String skipped = line.substring(0, line.length() - 1) + ",\"skipped\":\"loss\"}";
        Files.writeString(run.layout().journal(), journal.replace(line, skipped));

        assertThat(learned(run.layout(), named(id)).steps()).doesNotContain(4L).isSubsetOf(stepsOf(run, id));
    }

    @Test
    void theWayBackIsGivenInStepsTokensAndSeconds() throws IOException {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        trainStepwise(run);
        long first = stepsOf(run, documentOfStep(run, 5)).getFirst();
        LearnedFrom learned = learned(run.layout(), named(documentOfStep(run, 5)));
        Checkpoint clean = learned.clean().orElseThrow();

        assertThat(clean.step()).isEqualTo(first - 1);
        assertThat(learned.stepsAgain()).isEqualTo(run.newest().step() - clean.step());
        assertThat(learned.tokensAgain())
                .isEqualTo(run.newest().state().progress().tokens()
                        - clean.state().progress().tokens());
        assertThat(learned.secondsAgain().orElseThrow())
                .isPositive()
                .isEqualTo(learned.tokenSeconds().orElseThrow() * learned.tokensAgain());
        Files.delete(run.layout().events());
        assertThat(learned(run.layout(), named("doc-3")).secondsAgain()).isEmpty();
    }

    @Test
    void whatTheRunHasNothingOfCostsNothing() {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        run.train();
        LearnedFrom learned = learned(run.layout(), named("never seen"));

        assertThat(learned.isNothing()).isTrue();
        assertThat(learned.stepsAgain()).isZero();
        assertThat(learned.tokensAgain()).isZero();
        assertThat(learned.holding()).isEmpty();
    }

    @Test
    void aRunThatWentBackToTheCleanCheckpointBeforeIsKnown() throws IOException {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        trainStepwise(run);
        String taken = documentOfStep(run, 5);
        long clean = stepsOf(run, taken).getFirst() - 1;
        assertThat(learned(run.layout(), named(taken)).wentBack()).isFalse();
        corpus.takeDown(taken);
        run.trainFrom(clean);

        String next = documentOfStep(run, clean + 1);
        LearnedFrom learned = learned(run.layout(), named(next));
        assertThat(learned.clean().orElseThrow().step()).isLessThanOrEqualTo(clean);
        assertThat(learned.wentBack()).isEqualTo(learned.clean().orElseThrow().step() == clean);
    }

    @Test
    void aBranchHoldsWhatItsRunHadLearnedAndWhatItLearnedItself() throws IOException {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        run.train("train.steps=6");
        DecayBranch branch = DecayBranch.of(run.config().train(), 3);
        run.train(branch.overrides().toArray(String[]::new));
        assertThat(run.layout().allBranches()).containsExactly(branch.layout());

        LearnedFrom before = learned(branch.layout(), named(documentOfStep(run, 2)));
        assertThat(before.holding()).startsWith(6L);
        assertThat(before.clean()).isEmpty();
        String line = Files.readAllLines(branch.layout().journal()).get(8);
        LearnedFrom since = learned(
                branch.layout(),
                part -> line.contains("\"row\":[%d,%d,%d]"
                        .formatted(
                                part.row().orElseThrow().entry(),
                                part.row().orElseThrow().shard(),
                                part.row().orElseThrow().row())));
        assertThat(since.steps()).contains(9L);
        assertThat(learned(run.layout(), named("never seen")).steps()).isEmpty();
    }

    @Test
    void anOriginIsThatOfTheRunAlsoIfItHasGoneOnOrBack() throws IOException {
        corpus.commitCut(TestCorpus.documents(1, 30, 30, TestRun.VOCABULARY), 7, 4);
        trainStepwise(run);
        ModelOrigin origin = ModelOrigin.find(run.layout().checkpoint(5)).orElseThrow();
        assertThat(origin.step()).isEqualTo(5);
        assertThat(origin.isOf(run.layout())).isTrue();
        corpus.takeDown(documentOfStep(run, 4));
        run.trainFrom(2);
        assertThat(origin.isOf(run.layout())).isTrue();

        TestRun other = new TestRun(folder, "other", "train.seed=8");
        assertThat(origin.isOf(other.layout())).isFalse();
        other.train();
        assertThat(origin.isOf(other.layout())).isFalse();
    }

    private static LearnedFrom learned(RunLayout layout, Predicate<JournalLine.Part> wanted) {
        return LearnedFrom.of(layout, List.of(), wanted);
    }

    private static Predicate<JournalLine.Part> at(RowPlace place) {
        return part -> part.row().equals(Optional.of(place));
    }

    private static Predicate<JournalLine.Part> named(String id) {
        return part -> part.id().equals(id);
    }
}
