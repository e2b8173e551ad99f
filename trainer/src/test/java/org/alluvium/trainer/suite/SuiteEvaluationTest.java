package org.alluvium.trainer.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.config.SuiteConfig;
import org.alluvium.contracts.config.SuiteConfig.Format;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteEvaluationTest {

    private static final int VOCABULARY = 12;
    private static final int CONTEXT = 16;
    private static final int MOST_ROWS = 3;
    private static final ModelShape SHAPE = new ModelShape(VOCABULARY, CONTEXT, 2, 16, 2, 1, 24, 10000, 1e-5, true);

    private static TrainableModel model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void create() {
        model = TrainableModels.create(SHAPE, MOST_ROWS, TrainConfig.Backend.REFERENCE, 1);
        model.initialize(3);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void thePerplexityIsThatOfEachWordAskedForAlone() throws IOException {
        List<int[]> passages = passages(40);
        Suite suite = lambada(passages);
        double loss = passages.stream()
                .mapToDouble(SuiteEvaluationTest::lossOfLast)
                .average()
                .orElseThrow();

        for (int rows = 1; rows <= MOST_ROWS; rows++) {
            SuiteScore score = new SuiteEvaluation(model, rows, () -> {}).score(suite);
            assertThat(score.suite()).isEqualTo("numbers");
            assertThat(score.questions()).isEqualTo(40);
            assertThat(Math.log(score.figures().get("perplexity"))).isCloseTo(loss, within(1e-5));
        }
    }

    @Test
    void aWordIsForetoldIfTheModelWouldWriteIt() throws IOException {
        List<int[]> passages = passages(40);
        passages.forEach(ids -> ids[ids.length - 1] = likeliestLast(ids));
        assertThat(new SuiteEvaluation(model, 2, () -> {})
                        .score(lambada(passages))
                        .figures())
                .containsEntry("accuracy", 1.0);

        passages.forEach(ids -> ids[ids.length - 1] = (ids[ids.length - 1] + 1) % VOCABULARY);
        assertThat(new SuiteEvaluation(model, 2, () -> {})
                        .score(lambada(passages))
                        .figures())
                .containsEntry("accuracy", 0.0);
    }

    @Test
    void theLikelierSentenceIsFoundInEveryPair() throws IOException {
        String pairs = passages(20).stream()
                .map(ids -> {
                    int[] worse = ids.clone();
                    worse[ids.length - 1] = (likeliestLast(ids) + 1) % VOCABULARY;
                    int[] better = ids.clone();
                    better[ids.length - 1] = likeliestLast(ids);
                    return "{\"sentence_good\": \"%s\", \"sentence_bad\": \"%s\"}".formatted(text(better), text(worse));
                })
                .collect(Collectors.joining("\n"));

        assertThat(new SuiteEvaluation(model, 3, () -> {})
                        .score(suite(Format.BLIMP, "pairs.jsonl", pairs))
                        .figures())
                .containsEntry("accuracy", 1.0)
                .containsEntry("accuracy/other", 1.0);
    }

    private Suite lambada(List<int[]> passages) throws IOException {
        return suite(
                Format.LAMBADA,
                "passages.txt",
                passages.stream().map(SuiteEvaluationTest::text).collect(Collectors.joining("\n")));
    }

    private Suite suite(Format format, String name, String lines) throws IOException {
        Path file = Files.writeString(folder.resolve(name), lines);
        return Suite.read(
                new SuiteConfig("numbers", format, file, 0), new NumberEncoder(), OptionalInt.empty(), CONTEXT);
    }

    /** Of 2 to T + 1 tokens. */
    private static List<int[]> passages(int count) {
        Random random = new Random(5);
        return Stream.generate(() ->
                        random.ints(2 + random.nextInt(CONTEXT), 0, VOCABULARY).toArray())
                .limit(count)
                .toList();
    }

    private static String text(int[] ids) {
        return IntStream.of(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static double lossOfLast(int[] ids) {
        int length = ids.length - 1;
        int[] targets = new int[length];
        Arrays.fill(targets, Batch.NOT_SCORED);
        targets[length - 1] = ids[length];
        return model.evaluate(
                new Batch(1, length, Arrays.copyOf(ids, length), targets, new int[length]), new float[length]);
    }

    private static int likeliestLast(int[] ids) {
        float[] logits = model.nextTokenLogits(ids, ids.length - 1);
        return IntStream.range(0, VOCABULARY)
                .reduce((best, id) -> logits[id] > logits[best] ? id : best)
                .orElseThrow();
    }
}
