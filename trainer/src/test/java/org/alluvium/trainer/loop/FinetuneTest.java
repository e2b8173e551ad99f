package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.fixture.RunSteps;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.journal.Inheritance;
import org.alluvium.trainer.journal.JournalLine;
import org.alluvium.trainer.journal.LearnedFrom;
import org.alluvium.trainer.journal.ModelOrigin;
import org.alluvium.trainer.pretrained.ModelExport;
import org.alluvium.trainer.pretrained.PretrainedModel;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.safetensors.SafetensorsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin with a model that PyTorch made, and what becomes of it. */
class FinetuneTest {

    private static final String STAYS_AS_IT_IS = "train.optimizer.learningRate=0";

    @TempDir
    private Path folder;

    private Path published;

    @BeforeEach
    void createCorpusAndModel() throws IOException, URISyntaxException {
        TestCorpus corpus = TestRun.corpus(folder);
        corpus.commitCut(TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY), 7, 13, 2);
        published = folder.resolve("published");
        TestRun.copy(Path.of(PretrainedModel.class.getResource("sharded-bf16").toURI()), published);
    }

    @Test
    void theWeightsOfTheFirstStepAreThePublishedOnes() {
        TestRun run = run("run", STAYS_AS_IT_IS);
        run.trainTransformer("train.steps=1");

        PretrainedModel model = PretrainedModel.open(published);
        assertThat(run.newest().shape()).isEqualTo(model.shape().withContext(8));
        for (Path file : model.files()) {
            assertSameTensors(file, run.newest().weights().file());
        }
    }

    @Test
    void aRunThatWasStoppedGoesOnWithoutThePublishedModelAsIfItHadNotBeen() throws IOException {
        TestRun undisturbed = run("undisturbed");
        undisturbed.trainTransformer("train.steps=4");
        TestRun stopped = run("stopped");
        stopped.trainTransformer("train.steps=2");
        Files.move(published, folder.resolve("elsewhere"));
        stopped.trainTransformer("train.steps=4");

        assertThat(stopped.newestWeights()).isEqualTo(undisturbed.newestWeights());
        TestRun late = run("late");
        assertThatThrownBy(late::trainTransformer).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aDimensionThatTheModelDoesNotHaveIsRefused() {
        TestRun run = run("run", "model.layers=3");
        assertThatThrownBy(run::trainTransformer)
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("model.layers");
    }

    @Test
    void whatIsExportedInSixteenBitsIsWhatWasImported() {
        TestRun run = run("run", STAYS_AS_IT_IS);
        run.trainTransformer("train.steps=1");
        Checkpoint checkpoint = run.newest();
        Path out = folder.resolve("out");
        ModelExport export =
                new ModelExport(checkpoint.shape(), checkpoint.vocabulary(), checkpoint.ends(), Dtype.BF16);
        export.write(checkpoint.weights(), Map.of(), out);

        PretrainedModel exported = PretrainedModel.open(out);
        exported.requireVocabulary(checkpoint.vocabulary());
        assertThat(exported.shape()).isEqualTo(checkpoint.shape());
        assertSameTensors(exported.files().getFirst(), checkpoint.weights().file());
        assertThat(exported.files().getFirst()).satisfies(file -> {
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                assertThat(reader.names())
                        .allSatisfy(name -> assertThat(reader.dtype(name)).isEqualTo(Dtype.BF16));
            }
        });
        assertThatThrownBy(() -> export.write(checkpoint.weights(), Map.of(), out))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void theRunningAverageIsExportedWhereOneIsKept() {
        TestRun run = run("run", STAYS_AS_IT_IS, "train.optimizer.averageDecay=0.9");
        run.trainTransformer("train.steps=2");
        Checkpoint checkpoint = run.newest();
        Path out = folder.resolve("out");
        new ModelExport(checkpoint.shape(), checkpoint.vocabulary(), checkpoint.ends(), Dtype.F32)
                .write(checkpoint.averagedWeights(), Map.of(), out);
        assertSameTensors(
                checkpoint.weights().file(), PretrainedModel.open(out).files().getFirst());

        TestRun without = run("without");
        without.trainTransformer("train.steps=1");
        assertThatThrownBy(() -> without.newest().averagedWeights())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("averageDecay");
    }

    @Test
    void whatAModelHadLearnedFromIsKnownOfRunsThatBeganWithIt() throws IOException {
        TestRun first = run("first");
        first.trainTransformer("train.steps=2");
        Path model = export(first, "model");
        first.trainTransformer("train.steps=4");
        TestRun second = new TestRun(folder, "second", "train.backend=reference", "train.initFrom=" + model);
        second.trainTransformer("train.steps=1");
        Path next = export(second, "next");
        TestRun third = new TestRun(folder, "third", "train.backend=reference", "train.initFrom=" + next);
        third.trainTransformer("train.steps=1");

        List<RunLayout> all = List.of(first.layout(), second.layout(), third.layout());
        Set<String> ofSecond = Set.copyOf(RunSteps.named(second));
        Predicate<JournalLine.Part> early = ofFirst(RunSteps.documentOfStep(first, 2), ofSecond);
        Inheritance inherited = LearnedFrom.of(second.layout(), all, early).inherited();
        assertThat(inherited.maker()).contains(first.layout());
        assertThat(inherited.step()).isEqualTo(2);
        assertThat(inherited.steps()).contains(2L).allMatch(step -> step <= 2);

        LearnedFrom last = LearnedFrom.of(third.layout(), all, early);
        assertThat(last.steps()).isEmpty();
        assertThat(last.isNothing()).isFalse();
        assertThat(last.holding()).containsExactly(1L);
        assertThat(last.clean()).isEmpty();
        assertThat(last.inherited().maker()).contains(first.layout());

        Predicate<JournalLine.Part> late = ofFirst(RunSteps.documentOfStep(first, 4), ofSecond);
        assertThat(LearnedFrom.of(third.layout(), all, late).isNothing()).isTrue();
        Inheritance unknown =
                LearnedFrom.of(third.layout(), List.of(third.layout()), early).inherited();
        assertThat(unknown.model()).contains(next);
        assertThat(unknown.maker()).isEmpty();
    }

    /** A document of the first run, as far as the others have not come to it themselves. */
    private static Predicate<JournalLine.Part> ofFirst(String id, Set<String> others) {
        assertThat(others).doesNotContain(id);
        return part -> part.id().equals(id);
    }

    private Path export(TestRun run, String name) {
        Checkpoint checkpoint = run.newest();
        Path out = folder.resolve(name);
        new ModelExport(checkpoint.shape(), checkpoint.vocabulary(), checkpoint.ends(), Dtype.F32)
                .write(
                        checkpoint.weights(),
                        Map.of(
                                ModelOrigin.FILE,
                                ModelOrigin.of(checkpoint).orElseThrow().bytes()),
                        out);
        return out;
    }

    private TestRun run(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("train.initFrom=" + published, "train.backend=reference"));
        all.addAll(List.of(settings));
        return new TestRun(folder, name, all.toArray(String[]::new));
    }

    /** Every tensor of the first file has the same numbers in the second. */
    private static void assertSameTensors(Path expected, Path actual) {
        try (SafetensorsReader first = SafetensorsReader.open(expected);
                SafetensorsReader second = SafetensorsReader.open(actual)) {
            assertThat(first.names()).isNotEmpty();
            for (String name : first.names()) {
                assertThat(second.read(name)).as(name).isEqualTo(first.read(name));
            }
        }
    }
}
