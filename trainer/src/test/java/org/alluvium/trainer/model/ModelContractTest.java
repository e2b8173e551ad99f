package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a whole model must do on a backend: learn what it learns on the CPU, leave its state to another backend, and come out the
 * same again bit for bit. Sizes are no multiples of tiles, and documents are of one token and more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelContractTest {

    private static final int STEPS = 50;
    private static final int SOME_STEPS = 6;
    private static final double TOLERANCE = 1e-3; // of a loss in nats
    private static final int ROWS = 3;
    private static final int VOCABULARY = 101;
    private static final int CONTEXT = 33;
    private static final RopeScaling PLAIN = new RopeScaling.None();
    private static final OptionalInt ALONE = OptionalInt.empty();

    /** Opens the backend, with products of F32. */
    protected abstract Backend open();

    private static Backend openCpu() {
        return new CpuProvider().open(2, TrainConfig.Precision.FP32);
    }

    /** A model and how it learns. */
    record Kind(String name, ModelShape shape, TrainingSetup setup) {

        Update update(int step) {
            Optional<Muon> muon = setup.muon().map(_ -> new Muon(0.01, 0.9, true, 5, 0.1));
            return new Update(step, 1, setup.average(), new AdamW(0.003, 0.9, 0.95, 1e-8, 0.1), muon, 0.1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A model on a backend that has learned, and is used by several tests, as a device compiles long for each.
     *
     * @param losses of all steps
     * @param middle state after {@link #SOME_STEPS}
     * @param later state after twice as many
     */
    private record Learned(
            Kind kind,
            Transformer model,
            List<Double> losses,
            Map<String, float[]> middle,
            Map<String, float[]> later) {

        static Learned of(Kind kind, TrainingSetup setup, Backend backend, int steps) {
            Transformer model = new Transformer(kind.shape(), setup, backend);
            model.initialize(7);
            List<Double> losses = new ArrayList<>(learn(kind, model, 1, SOME_STEPS));
            Map<String, float[]> middle = state(model);
            losses.addAll(learn(kind, model, SOME_STEPS + 1, 2 * SOME_STEPS));
            Map<String, float[]> later = state(model);
            losses.addAll(learn(kind, model, 2 * SOME_STEPS + 1, steps));
            return new Learned(kind, model, losses, middle, later);
        }

        /** Losses of the steps between the two states. */
        List<Double> lossesBetween() {
            return losses.subList(SOME_STEPS, 2 * SOME_STEPS);
        }

        /** Takes the same steps once more, from a state in the middle, whosever it is. */
        List<Double> learnAfter(Map<String, float[]> state) {
            restore(model, state);
            return learn(kind, model, SOME_STEPS + 1, 2 * SOME_STEPS);
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
        return Stream.of(
                new Kind("Llama by AdamW", llama, TrainingSetup.of(ROWS)),
                new Kind(
                        "untied with normed heads, recomputed and averaged",
                        qwen,
                        new TrainingSetup(ROWS, Optional.empty(), true, 1e-4, false, true, true, ALONE)),
                new Kind(
                        "squared ReLU and bent logits by Muon",
                        modern,
                        new TrainingSetup(ROWS, muon, true, 1e-4, true, false, true, ALONE)));
    }

    private final Map<String, Learned> here = new HashMap<>();
    private final Map<String, Learned> onCpu = new HashMap<>();

    private Learned here(Kind kind) {
        return here.computeIfAbsent(kind.name(), _ -> Learned.of(kind, kind.setup(), open(), STEPS));
    }

    private Learned onCpu(Kind kind) {
        return onCpu.computeIfAbsent(kind.name(), _ -> Learned.of(kind, kind.setup(), openCpu(), STEPS));
    }

    @AfterAll
    void closeModels() {
        Stream.of(here, onCpu)
                .flatMap(models -> models.values().stream())
                .forEach(learned -> learned.model().close());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void lossesAreThoseOfTheCpu(Kind kind) {
        List<Double> expected = onCpu(kind).losses();
        assertClose(here(kind).losses(), expected);
        assertThat(expected.getLast()).isLessThan(0.8 * expected.getFirst());
    }

    private static void assertClose(List<Double> actual, List<Double> expected) {
        assertThat(actual.stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(
                        expected.stream().mapToDouble(Double::doubleValue).toArray(), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersAreThoseOfTheCpu(Kind kind) {
        Transformer model = here(kind).model();
        Transformer cpu = onCpu(kind).model();
        restore(model, onCpu(kind).later());
        restore(cpu, onCpu(kind).later());
        Batch batch = batch(1000);
        float[] losses = new float[batch.inputs().length];
        float[] expected = losses.clone();
        model.evaluate(batch, losses);
        cpu.evaluate(batch, expected);
        assertThat(losses).containsExactly(expected, within((float) TOLERANCE));
        for (int length : new int[] {3, 4, 5, CONTEXT, CONTEXT + 1}) {
            assertThat(model.nextTokenLogits(batch.inputs(), length))
                    .as("after %d tokens", length)
                    .containsExactly(cpu.nextTokenLogits(batch.inputs(), length), within((float) TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theCpuGoesOnWithWhatWasLearnedHere(Kind kind) {
        Learned cpu = onCpu(kind);
        assertClose(cpu.learnAfter(here(kind).middle()), cpu.lossesBetween());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatTheCpuHasLearnedGoesOnHere(Kind kind) {
        Learned cpu = onCpu(kind);
        assertClose(here(kind).learnAfter(cpu.middle()), cpu.lossesBetween());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatGoesOnFromItsOwnStateIsTheSameBitForBit(Kind kind) {
        Learned learned = here(kind);
        assertThat(learned.learnAfter(learned.middle())).isEqualTo(learned.lossesBetween());
        assertSameBits(state(learned.model()), learned.later());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasDiscardedOrEvaluatedLeavesNoTrace(Kind kind) {
        Learned learned = here(kind);
        Transformer model = learned.model();
        restore(model, learned.middle());
        Batch batch = batch(500);
        model.accumulateGradients(batch, Float.NaN, new float[batch.inputs().length]);
        assertThat(model.gradientNorm()).isNaN();
        model.discardGradients();
        model.evaluate(batch, new float[batch.inputs().length]);
        model.nextTokenLogits(batch.inputs(), 7);
        assertThat(learn(kind, model, SOME_STEPS + 1, 2 * SOME_STEPS)).isEqualTo(learned.lossesBetween());
        assertSameBits(state(model), learned.later());
    }

    @Test
    void whatIsComputedAgainIsTheSameBitForBit() {
        Kind kind = kinds().filter(each -> each.setup().recompute()).findFirst().orElseThrow();
        TrainingSetup keeping = new TrainingSetup(
                ROWS, kind.setup().muon(), kind.setup().average(), kind.setup().zLoss(), false, false, true, ALONE);
        Learned kept = Learned.of(kind, keeping, open(), 2 * SOME_STEPS);
        try (Transformer _ = kept.model()) {
            assertSameBits(kept.later(), here(kind).later());
        }
    }

    /** Losses of steps of two micro-batches each. */
    private static List<Double> learn(Kind kind, Transformer model, int from, int to) {
        List<Double> losses = new ArrayList<>();
        for (int step = from; step <= to; step++) {
            Batch first = batch(2L * step);
            Batch second = batch(2L * step + 1);
            int scored = first.scoredTokens() + second.scoredTokens();
            double loss = 0;
            for (Batch batch : List.of(first, second)) {
                loss += model.accumulateGradients(batch, 1f / scored, new float[batch.inputs().length]);
            }
            losses.add(loss / scored);
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

    private static void restore(Transformer model, Map<String, float[]> state) {
        for (ParameterInfo parameter : model.parameters()) {
            for (Slot slot : model.slots(parameter)) {
                model.write(parameter, slot, state.get(parameter.name() + " " + slot));
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
