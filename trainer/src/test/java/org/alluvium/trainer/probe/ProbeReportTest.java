package org.alluvium.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.config.TrainConfig.Precision;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.alluvium.trainer.model.Insight;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeReportTest {

    private static final ModelShape SHAPE = new ModelShape(31, 48, 2, 32, 4, 2, 48, 10_000, 1e-5, true);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TrainConfig.Backend.class,
            names = {"REFERENCE", "CPU"})
    void aTokenIsAsLikelyAsItsLogitSays(TrainConfig.Backend backend) {
        int[] ids = ids(20, 1);
        try (TrainableModel model = model(backend, 5)) {
            Reading reading = Reading.of(model, ids, vocabulary());
            Insight insight = model.inspect(ids);
            double bits = 0;
            for (int position = 1; position < ids.length; position++) {
                Reading.Token token = reading.tokens().get(position);
                float[] logits = insight.logits(position - 1);
                double sum = 0;
                int likelier = 0;
                for (float logit : logits) {
                    sum += Math.exp(logit);
                    likelier += logit > logits[ids[position]] ? 1 : 0;
                }
                assertThat(token.probability()).isCloseTo(Math.exp(logits[ids[position]]) / sum, within(1e-9));
                assertThat(token.rank()).isEqualTo(likelier + 1);
                assertThat(token.instead().getFirst().probability()).isGreaterThanOrEqualTo(token.probability());
                bits -= Math.log(token.probability()) / Math.log(2);
            }
            int bytes = vocabulary().decode(ids).length(); // of ASCII
            assertThat(reading.bitsPerByte()).isCloseTo(bits / bytes, within(1e-9));
            assertThat(reading.tokens().getFirst().probability()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 32, 33, 48})
    void figuresOfHeadsAreWithinTheirBounds(int length) {
        for (int seed = 0; seed < 5; seed++) {
            try (TrainableModel model = model(TrainConfig.Backend.CPU, seed)) {
                AttentionView view = AttentionView.of(model, ids(length, seed), vocabulary());
                assertThat(view.heads()).hasSize(SHAPE.layers() * SHAPE.heads());
                assertThat(view.tokens()).hasSize(length);
                for (AttentionView.Head head : view.heads()) {
                    assertThat(head.entropyBits()).isBetween(0.0, Math.log(length) / Math.log(2) + 1e-6);
                    assertThat(head.distance()).isBetween(0.0, (double) length);
                    assertThat(head.first()).isBetween(0.0, 1.00001);
                    assertThat(head.previous()).isBetween(0.0, 1.00001);
                    assertThat(head.idle()).isEqualTo(head.first() >= 0.95);
                }
            }
        }
    }

    @Test
    void theThumbnailOfAShortTextIsTheWholeMap() {
        int[] ids = ids(24, 3);
        try (TrainableModel model = model(TrainConfig.Backend.CPU, 3)) {
            AttentionView view = AttentionView.of(model, ids, vocabulary());
            AttentionView.Map exact = AttentionView.Map.of(model, ids, vocabulary(), 1, 2);
            AttentionView.Map kept = view.map(1, 2).orElseThrow();
            assertThat(kept.tokens()).isEqualTo(exact.tokens());
            for (int position = 0; position < ids.length; position++) {
                for (int seen = 0; seen <= position; seen++) {
                    assertThat(kept.weights().get(position).get(seen))
                            .isCloseTo(exact.weights().get(position).get(seen), within(3));
                }
            }
            assertThat(view.map(2, 0)).isEmpty();
            assertThat(AttentionView.of(model, ids(33, 3), vocabulary()).map(0, 0))
                    .isEmpty();
        }
    }

    @Test
    void weightsAreMeasuredByKind() {
        try (TrainableModel model = model(TrainConfig.Backend.CPU, 1)) {
            for (ParameterInfo parameter : model.parameters()) {
                float[] weights = new float[parameter.size()];
                Arrays.fill(weights, parameter.name().contains("mlp") ? -2 : 0.5f);
                model.write(parameter, TrainableModel.Slot.WEIGHT, weights);
            }
            WeightSizes sizes = WeightSizes.of(model);
            assertThat(sizes.rootMeanSquare())
                    .isEqualTo(Map.of("attention", 0.5, "embedding", 0.5, "feedForward", 2.0, "norms", 0.5));
            assertThat(sizes.embeddingNorm()).isCloseTo(0.5 * Math.sqrt(SHAPE.channels()), within(1e-9));
        }
    }

    @Test
    void figuresAreAveragesOverTexts() {
        try (TrainableModel model = model(TrainConfig.Backend.CPU, 2)) {
            ProbeReport report = report(model, () -> {});
            Map<String, Object> figures = report.figures();
            double one = report.texts().get(0).reading().bitsPerByte();
            double other = report.texts().get(1).reading().bitsPerByte();
            assertThat(figures.get("bitsPerByte")).isEqualTo((one + other) / 2);
            assertThat(figures.get("byText"))
                    .isEqualTo(Map.of(
                            "1 a text that is longer…", Map.of("bitsPerByte", one),
                            "2 short", Map.of("bitsPerByte", other)));
            assertThat(figures.get("idleHeads")).isEqualTo(0L);
            assertThat(report.about("short")).isPresent();
            assertThat(report.about("another")).isEmpty();
        }
    }

    @Test
    void aReportThatNobodyWantsEnds() {
        try (TrainableModel model = model(TrainConfig.Backend.CPU, 2)) {
            assertThatThrownBy(() -> report(model, () -> {
                        throw new CancellationException();
                    }))
                    .isInstanceOf(CancellationException.class);
        }
    }

    private ProbeReport report(TrainableModel model, Runnable beforeText) {
        List<ProbeText> texts = List.of(
                new ProbeText("a text that is longer than its name", ids(12, 1)), new ProbeText("short", ids(5, 2)));
        return ProbeReport.of(7, model, texts, vocabulary(), beforeText);
    }

    private Vocabulary vocabulary() {
        return TinyVocabulary.of(folder, SHAPE.vocabulary());
    }

    private static TrainableModel model(TrainConfig.Backend backend, long seed) {
        TrainableModel model = TrainableModels.create(SHAPE, TrainingSetup.of(1), backend, Precision.FP32, 1);
        model.initialize(seed);
        return model;
    }

    private static int[] ids(int count, long seed) {
        return new SplittableRandom(seed).ints(count, 3, SHAPE.vocabulary()).toArray();
    }
}
