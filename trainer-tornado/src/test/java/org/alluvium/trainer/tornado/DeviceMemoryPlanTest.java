package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.model.Architecture;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.RopeScaling;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.PlainDevice;
import org.alluvium.trainer.tornado.device.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device is asked for what the plan said before anything was allocated, and for no more while the model is used. */
class DeviceMemoryPlanTest {

    private static final int ROWS = 2;
    private static final int CONTEXT = 12;
    private static final double ALIGNMENT_SHARE = 0.02; // tensors begin at multiples of 16 elements

    private static final Architecture MODERN = new Architecture(true, ModelConfig.Activation.RELU2, 15);
    private static final ModelShape SHAPE =
            new ModelShape(300, CONTEXT, 3, 48, 4, 2, 12, 100, 10_000, new RopeScaling.None(), 1e-5, false, MODERN);

    /** Plain Java that notes how much memory it was asked for. */
    private static final class AskedDevice implements Device {

        private final Device plain = new PlainDevice();
        private long bytes;

        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public Optional<DeviceInfo> description() {
            return plain.description();
        }

        @Override
        public Optional<DeviceMemory> memory() {
            return plain.memory();
        }

        @Override
        public void grow(int elements, int numbers) {
            bytes = Math.max(bytes, (long) Float.BYTES * elements + (long) Integer.BYTES * numbers);
            plain.grow(elements, numbers);
        }

        @Override
        public MemorySegment run(List<Step> program, MemorySegment arguments, MemorySegment reals) {
            return plain.run(program, arguments, reals);
        }

        @Override
        public void close() {
            plain.close();
        }
    }

    static Stream<TrainingSetup> setups() {
        return Stream.of(
                TrainingSetup.of(ROWS),
                new TrainingSetup(
                        ROWS,
                        Optional.of(MuonConfig.Scale.SPECTRAL),
                        true,
                        1e-4,
                        false,
                        true,
                        true,
                        OptionalInt.empty()));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void aDeviceIsAskedForWhatWasPlanned(TrainingSetup setup) {
        AskedDevice device = new AskedDevice();
        try (Transformer model = new Transformer(SHAPE, setup, new TornadoBackend(device))) {
            long planned =
                    model.memory().modelBytes() + model.memory().backend().totalBytes();
            use(model, setup);
            assertThat(device.bytes).isBetween(planned, (long) ((1 + ALIGNMENT_SHARE) * planned));
        }
    }

    private static void use(Transformer model, TrainingSetup setup) {
        int[] ids = IntStream.range(0, ROWS * CONTEXT).map(n -> n * 7 % 300).toArray();
        Batch batch = new Batch(ROWS, CONTEXT, ids, ids, new int[ids.length]);
        model.initialize(1);
        model.accumulateGradients(batch, 1f / ids.length, new float[ids.length]);
        assertThat(model.gradientNorm()).isPositive();
        Optional<Muon> muon = setup.muon().map(_ -> new Muon(0.01, 0.9, true, 5, 0.1));
        model.update(new Update(1, 1, false, new AdamW(1e-3, 0.9, 0.95, 1e-8, 0.1), muon, 0.1));
        model.evaluate(batch, new float[ids.length]);
        IntStream.rangeClosed(CONTEXT - 2, CONTEXT + 1).forEach(length -> model.nextTokenLogits(ids, length));
        assertThat(model.measurePeakFlops()).isPositive();
    }
}
