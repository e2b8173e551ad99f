package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QualityModelTest {

    private record Text(String text, boolean reference) {}

    /** Texts of which those of the reference have words of their own, among many that all have. */
    static List<String> texts(boolean reference, int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 40; word++) {
                boolean own = random.nextInt(5) == 0;
                text.append(own ? (reference ? "essay" : "casino") : "word")
                        .append(random.nextInt(30))
                        .append(' ');
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static QualityModel train(QualityTrainer.Plan plan, List<Text> texts) {
        QualityTrainer trainer = new QualityTrainer(plan);
        texts.forEach(text -> trainer.add(ContentHasher.v1(text.text()), text.text(), text.reference()));
        return trainer.train();
    }

    private static List<Text> examples() {
        List<Text> examples = new ArrayList<>();
        texts(true, 60, 1).forEach(text -> examples.add(new Text(text, true)));
        texts(false, 200, 2).forEach(text -> examples.add(new Text(text, false)));
        return examples;
    }

    @ParameterizedTest
    @EnumSource(Features.class)
    void textsThatWereNotTrainedOnAreToldApart(Features features) {
        QualityModel model = train(QualityTrainer.Plan.of(features), examples());

        assertThat(texts(true, 50, 3))
                .allSatisfy(text -> assertThat(model.score(text)).isGreaterThan(0.5));
        assertThat(texts(false, 50, 4))
                .allSatisfy(text -> assertThat(model.score(text)).isLessThan(0.5));
    }

    @ParameterizedTest
    @EnumSource(Features.class)
    void theOrderInWhichTextsWereAddedMakesNoDifference(Features features) {
        QualityTrainer.Plan plan = new QualityTrainer.Plan(features, 2, 0.1, 1e-6, 7);
        List<Text> shuffled = examples();
        Collections.shuffle(shuffled, new Random(5));

        assertThat(QualityModelFile.encode(train(plan, shuffled)))
                .isEqualTo(QualityModelFile.encode(train(plan, examples())));
    }

    @Test
    void anotherSeedIsAnotherModel() {
        QualityTrainer.Plan plan = new QualityTrainer.Plan(Features.WORDS, 1, 0.1, 1e-6, 1);
        QualityTrainer.Plan other = new QualityTrainer.Plan(Features.WORDS, 1, 0.1, 1e-6, 2);

        assertThat(QualityModelFile.encode(train(plan, examples())))
                .isNotEqualTo(QualityModelFile.encode(train(other, examples())));
    }

    @Test
    void theScoreIsTheLogisticFunctionOfWeightsPerRootOfTerms() {
        float[] weights = new float[Features.WORDS.buckets()];
        Features.WORDS.forEach("good", bucket -> weights[bucket] = 2);
        Features.WORDS.forEach("bad", bucket -> weights[bucket] = -3);
        QualityModel model = new QualityModel(Features.WORDS, 0.5, weights, new QualityModel.Training(1, 1, 1, 1));

        assertThat(model.score("good bad Good other")).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-15)); // 0.5 + 1 / 2
        assertThat(model.score("")).isEqualTo(1 / (1 + Math.exp(-0.5)), within(1e-15));
    }

    @Test
    void pairsKnowTheOrderOfWords() {
        List<Integer> there = new ArrayList<>();
        List<Integer> back = new ArrayList<>();
        Features.PAIRS.forEach("man bites dog", there::add);
        Features.PAIRS.forEach("dog bites man", back::add);

        assertThat(there).hasSize(5);
        assertThat(there).contains(back.get(0), back.get(1), back.get(3)); // the words
        assertThat(there).doesNotContain(back.get(2), back.get(4)); // the pairs
    }
}
