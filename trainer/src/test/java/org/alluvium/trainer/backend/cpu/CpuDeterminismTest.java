package org.alluvium.trainer.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.Bench;
import org.alluvium.trainer.backend.Scenarios;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CpuDeterminismTest {

    private static final ModelShape SHAPE = new ModelShape(1003, 150, 2, 72, 6, 3, 200, 10000, 1e-5, true);
    private static final int ROWS = 3;
    private static final TrainingSetup ADAMW = TrainingSetup.of(ROWS);
    private static final TrainingSetup MUON = new TrainingSetup(
            ROWS, Optional.of(MuonConfig.Scale.SPECTRAL), true, 1e-3, false, false, true, OptionalInt.empty());

    static Stream<TrainingSetup> setups() {
        return Stream.of(ADAMW, MUON);
    }

    static Stream<Arguments> setupsAndPrecisions() {
        return setups().flatMap(setup -> Stream.of(TrainConfig.Precision.FP32, TrainConfig.Precision.AUTO)
                .map(precision -> Arguments.of(setup, precision)));
    }

    @ParameterizedTest
    @MethodSource("setupsAndPrecisions")
    void threadsChangeNoBitOfWeightsAndMoments(TrainingSetup setup, TrainConfig.Precision precision) {
        Map<String, float[]> alone = trained(new CpuProvider().open(1, precision), setup);
        for (int threads : new int[] {2, 3, 8}) {
            assertSameBits(trained(new CpuProvider().open(threads, precision), setup), alone);
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void threadsChangeNoBitWithoutTheLibrary(TrainingSetup setup) {
        Map<String, float[]> alone = trained(CpuProvider.openWithoutLibrary(1, ""), setup);
        assertSameBits(trained(CpuProvider.openWithoutLibrary(3, ""), setup), alone);
    }

    @Test
    void recomputationChangesNoBit() {
        TrainingSetup again =
                new TrainingSetup(ROWS, Optional.empty(), false, 0, false, true, true, OptionalInt.empty());
        for (TrainConfig.Precision precision : List.of(TrainConfig.Precision.FP32, TrainConfig.Precision.AUTO)) {
            Map<String, float[]> kept = trained(new CpuProvider().open(2, precision), ADAMW);
            assertSameBits(trained(new CpuProvider().open(2, precision), again), kept);
        }
    }

    static Stream<String> smallScenarios() {
        return Scenarios.all().keySet().stream()
                .filter(name -> !name.contains("33001") && !name.contains("280") && !name.contains("523"));
    }

    /** From interpreted to compiled code, within one process. */
    @ParameterizedTest
    @MethodSource("smallScenarios")
    void compilationChangesNoBit(String scenario) {
        try (Backend backend = new CpuProvider().open(1, TrainConfig.Precision.AUTO)) {
            Map<String, float[]> interpreted = run(backend, scenario);
            for (int i = 0; i < 200; i++) {
                assertSameBits(run(backend, scenario), interpreted);
            }
        }
    }

    private static Map<String, float[]> run(Backend backend, String scenario) {
        Bench bench = new Bench(backend);
        Map<String, float[]> results = new LinkedHashMap<>();
        Scenarios.all().get(scenario).run(bench).forEach((name, tensor) -> results.put(name, bench.read(tensor)));
        return results;
    }

    private static Map<String, float[]> trained(Backend backend, TrainingSetup setup) {
        Map<String, float[]> state = new LinkedHashMap<>();
        try (TrainableModel model = new Transformer(SHAPE, setup, backend)) {
            model.initialize(5);
            SplittableRandom random = new SplittableRandom(9);
            for (int step = 1; step <= 3; step++) {
                Batch batch = batch(random);
                float[] losses = new float[batch.inputs().length];
                model.accumulateGradients(batch, 1f / batch.scoredTokens(), losses);
                model.gradientNorm();
                model.update(update(step, setup));
                state.put("losses of step " + step, losses);
            }
            for (ParameterInfo parameter : model.parameters()) {
                for (TrainableModel.Slot slot : model.slots(parameter)) {
                    float[] values = new float[parameter.size()];
                    model.read(parameter, slot, values);
                    state.put(parameter.name() + " " + slot, values);
                }
            }
        }
        return state;
    }

    private static Update update(int step, TrainingSetup setup) {
        Optional<Muon> muon = setup.muon().map(scale -> new Muon(0.01, 0.9, true, 5, 0.1));
        return new Update(step, 1, false, new AdamW(0.01, 0.9, 0.95, 1e-8, 0.1), muon, 0.1);
    }

    private static Batch batch(SplittableRandom random) {
        int tokens = ROWS * SHAPE.context();
        int[] starts = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            int t = i % SHAPE.context();
            starts[i] = t == 0 || random.nextInt(40) == 0 ? t : starts[i - 1];
        }
        int[] inputs = random.ints(tokens, 0, SHAPE.vocabulary()).toArray();
        int[] targets = random.ints(tokens, -1, SHAPE.vocabulary()).toArray();
        return new Batch(ROWS, SHAPE.context(), inputs, targets, starts);
    }

    private static void assertSameBits(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach((name, values) ->
                assertThat(Arrays.mismatch(actual.get(name), values)).as(name).isEqualTo(-1));
    }
}
