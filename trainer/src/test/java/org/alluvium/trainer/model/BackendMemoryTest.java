package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.cpu.CpuBackend;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The CPU backend counts what it allocates; that is what the plan said, after everything was done that a run does. */
class BackendMemoryTest {

    private static final int THREADS = 2;
    private static final int STEPS = 2;

    /** Matrices with more than a tile of rows and columns, and remainders. */
    private static final ModelShape PLAIN = new ModelShape(1100, 300, 2, 288, 4, 2, 600, 10_000, 1e-5, true);

    /** One wide head, whose norms have more gradients than the other norms. */
    private static final ModelShape NORMED = new ModelShape(
            90,
            40,
            2,
            24,
            1,
            1,
            64,
            60,
            10_000,
            new RopeScaling.None(),
            1e-5,
            false,
            new Architecture(true, ModelConfig.Activation.RELU2, 0));

    /** How products are computed. */
    enum Products {
        FP32,
        BF16,
        VECTOR_API;

        CpuBackend open() {
            try {
                Backend backend = switch (this) {
                    case FP32 -> new CpuProvider().open(THREADS, TrainConfig.Precision.FP32);
                    case BF16 -> new CpuProvider().open(THREADS, TrainConfig.Precision.BF16);
                    case VECTOR_API -> CpuProvider.openWithoutLibrary(THREADS, "as asked for");
                };
                return (CpuBackend) backend;
            } catch (UnavailableException e) {
                return abort(e.getMessage());
            }
        }
    }

    static Stream<Arguments> setups() {
        TrainingSetup plain = TrainingSetup.of(3);
        TrainingSetup everything = new TrainingSetup(
                3, Optional.of(MuonConfig.Scale.SPECTRAL), true, 1e-3, false, true, true, OptionalInt.empty());
        return Arrays.stream(Products.values())
                .flatMap(products -> Stream.of(PLAIN, NORMED)
                        .flatMap(shape -> Stream.of(plain, everything, TrainingSetup.toEvaluate(1))
                                .map(setup -> Arguments.of(products, shape, setup))));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void theBackendTakesWhatThePlanSaysToTheByte(Products products, ModelShape shape, TrainingSetup setup) {
        CpuBackend backend = products.open();
        try (Transformer model = new Transformer(shape, setup, backend)) {
            long onHeap = 3L * Integer.BYTES * setup.rows() * shape.context(); // the indices
            MemoryPlan plan = model.memory();
            long planned = plan.modelBytes() - onHeap + plan.backend().totalBytes();
            assertThat(backend.allocatedBytes()).as("before the first step").isEqualTo(planned);
            use(model, setup);
            assertThat(backend.allocatedBytes()).as("after steps").isEqualTo(planned);
        }
    }

    private static void use(Transformer model, TrainingSetup setup) {
        int context = model.shape().context();
        int tokens = setup.rows() * context;
        int[] ids = IntStream.range(0, tokens)
                .map(n -> n * 7 % model.shape().vocabulary())
                .toArray();
        Batch batch = new Batch(setup.rows(), context, ids, ids, new int[tokens]);
        float[] losses = new float[tokens];
        if (setup.learns()) {
            model.initialize(1);
            for (int step = 1; step <= STEPS; step++) {
                model.accumulateGradients(batch, 1f / tokens, losses);
                model.gradientNorm();
                model.update(update(step, setup));
            }
        }
        model.evaluate(batch, losses);
        IntStream.rangeClosed(context - 2, context + 1).forEach(length -> model.nextTokenLogits(ids, length));
    }

    private static Update update(int step, TrainingSetup setup) {
        Optional<Muon> muon = setup.muon().map(_ -> new Muon(0.01, 0.9, true, 5, 0.1));
        return new Update(step, 1, false, new AdamW(0.01, 0.9, 0.95, 1e-8, 0.1), muon, 0.1);
    }
}
