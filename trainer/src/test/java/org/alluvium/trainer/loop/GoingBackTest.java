package org.alluvium.trainer.loop;

import static org.alluvium.trainer.fixture.RunSteps.documentOfStep;
import static org.alluvium.trainer.fixture.RunSteps.stepsOf;
import static org.alluvium.trainer.fixture.RunSteps.trainStepwise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is made to go back to one of its checkpoints. */
class GoingBackTest {

    @TempDir
    Path folder;

    private TestCorpus corpus;
    private List<ShardRow> documents;

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
        documents = TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY);
        corpus.commitCut(documents, 7, 4);
    }

    @Test
    void theSameGoingBackGivenAgainAfterAKillGoesOn() throws IOException {
        TestRun run = new TestRun(folder, "run");
        trainStepwise(run);
        String taken = documentOfStep(run, run.newest().step() / 2);
        long clean = stepsOf(run, taken).getFirst() - 1;
        takeDown(taken);
        run.trainFrom(clean, "train.steps=" + (clean + 2));
        byte[] begun = Files.readAllBytes(run.layout().journal());

        run.trainFrom(clean);

        byte[] all = Files.readAllBytes(run.layout().journal());
        assertThat(all).startsWith(begun);
        TestRun without = new TestRun(folder, "without");
        without.train();
        assertThat(run.newestWeights()).isEqualTo(without.newestWeights());
    }

    @Test
    void aCheckpointThatIsNotThereIsRefusedWithThoseThatAre() {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=3");

        assertThatThrownBy(() -> run.trainFrom(2))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no checkpoint of step 2; it has 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.seed=8", "model.layers=5", "tokenizer", "corpus"})
    void whatDoesNotFitIsRefusedBeforeAnythingIsUndone(String wrong) throws IOException {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=4");
        run.train("train.steps=9");
        takeDown(documentOfStep(run, 6));
        byte[] journal = Files.readAllBytes(run.layout().journal());

        assertThatThrownBy(() -> run.trainFrom(4, setting(wrong))).isInstanceOf(MismatchException.class);

        assertThat(run.layout().journal()).hasBinaryContent(journal);
        assertThat(run.newest().step()).isEqualTo(9);
    }

    private String setting(String wrong) throws IOException {
        return switch (wrong) {
            case "tokenizer" -> "tokenizer.model=" + TestRun.otherVocabulary(folder);
            case "corpus" -> {
                Path other = Files.createDirectory(folder.resolve("other"));
                TestRun.corpus(other).commitCut(TestCorpus.documents(2, 20, 30, TestRun.VOCABULARY), 7);
                yield "corpus.dir=" + other.resolve("corpus");
            }
            default -> wrong;
        };
    }

    @Test
    void itIsDoneOnceWhateverIsTakenDownLaterAndOnceMoreForATakedownThatIsNamed() throws IOException {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=4");
        run.train("train.steps=9");
        takeDown(documentOfStep(run, 6));
        run.trainFrom(4, "train.steps=10");
        String later = documentOfStep(run, 8);
        takeDown(later);
        long newest = corpus.log().lastSequence().orElseThrow() - 1;
        byte[] journal = Files.readAllBytes(run.layout().journal());

        run.trainFrom(4, "train.steps=12");
        assertThat(Files.readAllBytes(run.layout().journal())).startsWith(journal);
        assertThat(goings(run)).containsExactly(4L);
        assertThat(stepsOf(run, later)).contains(8L);

        TrainOptions.From forTheLater = new TrainOptions.From(4, OptionalLong.of(newest));
        run.trainFrom(forTheLater, "train.steps=13");
        run.trainFrom(forTheLater);
        assertThat(goings(run)).containsExactly(4L, 4L);
        assertThat(stepsOf(run, later)).isEmpty();
        TestRun without = new TestRun(folder, "without");
        without.train();
        assertThat(run.newestWeights()).isEqualTo(without.newestWeights());
    }

    @Test
    void givenAgainItGoesOnWhereTheCheckpointIsGoneSince() {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=4");
        run.train("train.steps=9");
        run.trainFrom(4, "train.steps=10");
        AtomicDirectory.delete(run.layout().checkpoint(4));

        run.trainFrom(4, "train.steps=12");

        assertThat(run.newest().step()).isEqualTo(12);
    }

    @Test
    void aStopAtATakedownIsNoGoingBack() throws IOException {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=4");
        Files.writeString(
                run.layout().journal(),
                Files.readString(run.layout().journal()) + "{\"takedown\":{\"afterStep\":4,\"through\":1}}\n");
        run.train("train.steps=9");

        run.trainFrom(4, "train.steps=6");

        assertThat(goings(run)).containsExactly(4L);
        assertThat(run.newest().step()).isEqualTo(6);
    }

    @Test
    void aTakedownThatTheLogDoesNotHaveIsRefused() {
        TestRun run = new TestRun(folder, "run");
        run.train("train.steps=4");

        assertThatThrownBy(() -> run.trainFrom(new TrainOptions.From(4, OptionalLong.of(2))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the log has no takedown 2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCheckpointThatOnlyTheArchiveHasIsFetched(boolean folderLost) throws IOException {
        TestRun run = new TestRun(folder, "run", "train.archive=" + folder.resolve("archive"));
        run.train("train.steps=4");
        run.train("train.steps=9");
        takeDown(documentOfStep(run, 6));
        AtomicDirectory.delete(folderLost ? run.layout().root() : run.layout().checkpoint(4));

        run.trainFrom(4);

        TestRun without = new TestRun(folder, "without");
        without.train();
        assertThat(run.newestWeights()).isEqualTo(without.newestWeights());
        assertThat(goings(run)).containsExactly(4L);
    }

    @Test
    void aFolderThatAnotherMachineHasLeftBehindIsLeftAsItIs() throws IOException {
        String archive = "train.archive=" + folder.resolve("archive");
        TestRun left = new TestRun(folder, "left", archive);
        left.train("train.steps=4");
        new TestRun(folder, "elsewhere", archive).train("train.steps=9");
        byte[] journal = Files.readAllBytes(left.layout().journal());

        assertThatThrownBy(() -> left.trainFrom(4)).isInstanceOf(MismatchException.class);

        assertThat(left.layout().journal()).hasBinaryContent(journal);
    }

    private void takeDown(String id) {
        corpus.takeDown(id);
        corpus.carryOut();
    }

    private static List<Long> goings(TestRun run) throws IOException {
        return Files.readAllLines(run.layout().journal()).stream()
                .filter(line -> line.contains("\"back\":true"))
                .map(line -> Long.valueOf(line.replaceAll(".*\"afterStep\":(\\d+).*", "$1")))
                .toList();
    }
}
