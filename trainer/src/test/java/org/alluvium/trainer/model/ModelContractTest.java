package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ModelConfig.Activation;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a whole model must do on a backend: learn what it learns on the CPU, leave its state to another backend, and come out the
 * same again bit for bit. Sizes are no multiples of tiles, and documents are of one token and more.
 */
public abstract class ModelContractTest {

    private static final int STEPS = 50;
    private static final int SOME_STEPS = 6;
    private static final double TOLERANCE = 1e-3; // of a loss in nats
    private static final int ROWS = 3;
    private static final int VOCABULARY = 101;
    private static final int CONTEXT = 33;
    private static final RopeScaling PLAIN = new RopeScaling.None();

    /** Opens the backend, with products of F32. */
    protected abstract Backend open();

    private static Backend openCpu() {
        return new CpuProvider().open(2, TrainConfig.Precision.FP32);
    }

    /** A model and how it learns. */
    record Kind(String name, ModelShape shape, TrainingSetup setup) {

        Transformer on(Backend backend) {
            return on(backend, setup);
        }

        Transformer on(Backend backend, TrainingSetup of) {
            Transformer model = new Transformer(shape, of, backend);
            model.initialize(7);
            return model;
        }

        Update update(int step) {
            Optional<Muon> muon = setup.muon().map(_ -> new Muon(0.01, 0.9, true, 5, 0.1));
            return new Update(step, 1, setup.average(), new AdamW(0.003, 0.9, 0.95, 1e-8, 0.1), muon, 0.1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every option of architecture and learning in one of them at least. */
    static Stream<Kind> kinds() {
        ModelShape llama = new ModelShape(VOCABULARY, CONTEXT, 2, 24, 4, 2, 40, 10_000, 1e-5, true);
        Architecture normed = new Architecture(true, Activation.SWIGLU, 0);
        ModelShape qwen = new ModelShape(VOCABULARY, CONTEXT, 3, 20, 3, 1, 10, 36, 10_000, PLAIN, 1e-6, false, normed);
        Architecture bent = new Architecture(true, Activation.RELU2, 15);
        ModelShape modern = new ModelShape(VOCABULARY, CONTEXT, 2, 24, 4, 4, 6, 50, 10_000, PLAIN, 1e-5, true, bent);
        Optional<MuonConfig.Scale> muon = Optional.of(MuonConfig.Scale.SPECTRAL);
        OptionalInt alone = OptionalInt.empty();
        return Stream.of(
                new Kind("Llama by AdamW", llama, TrainingSetup.of(ROWS)),
                new Kind(
                        "untied with normed heads, recomputed and averaged",
                        qwen,
                        new TrainingSetup(ROWS, Optional.empty(), true, 1e-4, false, true, true, alone)),
                new Kind(
                        "squared ReLU and bent logits by Muon",
                        modern,
                        new TrainingSetup(ROWS, muon, true, 1e-4, true, false, true, alone)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void lossesAreThoseOfTheCpu(Kind kind) {
        try (Transformer here = kind.on(open());
                Transformer cpu = kind.on(openCpu())) {
            double[] losses = learn(kind, here, 1, STEPS);
            double[] expected = learn(kind, cpu, 1, STEPS);
            assertThat(losses).containsExactly(expected, within(TOLERANCE));
            assertThat(expected[STEPS - 1]).isLessThan(0.8 * expected[0]);
            assertSameAnswers(here, cpu);
        }
    }

    /** Losses of texts that nothing is learned from, and what comes next, token by token. */
    private static void assertSameAnswers(Transformer here, Transformer cpu) {
        Batch batch = batch(1000);
        float[] losses = new float[batch.inputs().length];
        float[] expected = losses.clone();
        here.evaluate(batch, losses);
        cpu.evaluate(batch, expected);
        assertThat(losses).containsExactly(expected, within(10 * (float) TOLERANCE));
        for (int length : new int[] {3, 4, 5, CONTEXT, CONTEXT + 1}) {
            assertThat(here.nextTokenLogits(batch.inputs(), length))
                    .containsExactly(cpu.nextTokenLogits(batch.inputs(), length), within(10 * (float) TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theCpuGoesOnWithWhatWasLearnedHere(Kind kind) {
        assertGoesOn(kind, this::open, ModelContractTest::openCpu);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatTheCpuHasLearnedGoesOnHere(Kind kind) {
        assertGoesOn(kind, ModelContractTest::openCpu, this::open);
    }

    private static void assertGoesOn(Kind kind, Supplier<Backend> before, Supplier<Backend> after) {
        try (Transformer undisturbed = kind.on(openCpu());
                Transformer first = kind.on(before.get());
                Transformer second = kind.on(after.get())) {
            double[] expected = learn(kind, undisturbed, 1, 2 * SOME_STEPS);
            learn(kind, first, 1, SOME_STEPS);
            hand(first, second);
            assertThat(learn(kind, second, SOME_STEPS + 1, SOME_STEPS))
                    .containsExactly(Arrays.copyOfRange(expected, SOME_STEPS, 2 * SOME_STEPS), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatGoesOnFromItsOwnStateIsTheSameBitForBit(Kind kind) {
        Map<String, float[]> undisturbed;
        try (Transformer model = kind.on(open())) {
            learn(kind, model, 1, 2 * SOME_STEPS);
            undisturbed = state(model);
        }
        try (Transformer first = kind.on(open());
                Transformer second = kind.on(open())) {
            learn(kind, first, 1, SOME_STEPS);
            hand(first, second);
            learn(kind, second, SOME_STEPS + 1, SOME_STEPS);
            assertSameBits(state(second), undisturbed);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasDiscardedOrEvaluatedBetweenStepsLeavesNoTrace(Kind kind) {
        try (Transformer plain = kind.on(open());
                Transformer disturbed = kind.on(open())) {
            learn(kind, plain, 1, 3);
            learn(kind, disturbed, 1, 2);
            Batch batch = batch(500);
            disturbed.accumulateGradients(batch, Float.NaN, new float[batch.inputs().length]);
            assertThat(disturbed.gradientNorm()).isNaN();
            disturbed.discardGradients();
            disturbed.evaluate(batch, new float[batch.inputs().length]);
            disturbed.nextTokenLogits(batch.inputs(), 7);
            learn(kind, disturbed, 3, 1);
            assertSameBits(state(disturbed), state(plain));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void recomputedActivationsChangeNoBit(Kind kind) {
        List<Map<String, float[]>> states = new ArrayList<>();
        for (boolean recompute : new boolean[] {false, true}) {
            TrainingSetup setup = new TrainingSetup(
                    ROWS,
                    kind.setup().muon(),
                    kind.setup().average(),
                    kind.setup().zLoss(),
                    kind.setup().zeroInit(),
                    recompute,
                    true,
                    OptionalInt.empty());
            try (Transformer model = kind.on(open(), setup)) {
                learn(kind, model, 1, 3);
                states.add(state(model));
            }
        }
        assertSameBits(states.getLast(), states.getFirst());
    }

    /** Losses of steps of two micro-batches each. */
    private static double[] learn(Kind kind, Transformer model, int from, int steps) {
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            int step = from + i;
            Batch first = batch(2L * step);
            Batch second = batch(2L * step + 1);
            int scored = first.scoredTokens() + second.scoredTokens();
            for (Batch batch : List.of(first, second)) {
                losses[i] += model.accumulateGradients(batch, 1f / scored, new float[batch.inputs().length]) / scored;
            }
            model.gradientNorm();
            model.update(kind.update(step));
        }
        return losses;
    }

    /** Texts in which a token mostly says what the next one is. */
    private static Batch batch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int tokens = ROWS * CONTEXT;
        int[] ids = new int[tokens + 1];
        int[] starts = new int[tokens];
        int[] targets = new int[tokens];
        ids[0] = random.nextInt(VOCABULARY);
        for (int n = 0; n < tokens; n++) {
            int t = n % CONTEXT;
            boolean fresh = t == 0 || random.nextInt(9) == 0;
            starts[n] = fresh ? t : starts[n - 1];
            ids[n + 1] = random.nextInt(10) == 0 ? random.nextInt(VOCABULARY) : (ids[n] * 3 + 1) % VOCABULARY;
            targets[n] = random.nextInt(12) == 0 ? Batch.NOT_SCORED : ids[n + 1];
        }
        return new Batch(ROWS, CONTEXT, Arrays.copyOf(ids, tokens), targets, starts);
    }

    private static void hand(Transformer from, Transformer to) {
        for (ParameterInfo parameter : from.parameters()) {
            for (Slot slot : from.slots(parameter)) {
                float[] values = new float[parameter.size()];
                from.read(parameter, slot, values);
                to.write(parameter, slot, values);
            }
        }
    }

    private static Map<String, float[]> state(Transformer model) {
        Map<String, float[]> state = new LinkedHashMap<>();
        for (ParameterInfo parameter : model.parameters()) {
            for (Slot slot : model.slots(parameter)) {
                float[] values = new float[parameter.size()];
                model.read(parameter, slot, values);
                state.put(parameter.name() + " " + slot, values);
            }
        }
        return state;
    }

    private static void assertSameBits(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach((name, values) ->
                assertThat(Arrays.mismatch(actual.get(name), values)).as(name).isEqualTo(-1));
    }
}
