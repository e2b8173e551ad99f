package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.alluvium.trainer.fixture.PretendedDevice;
import org.junit.jupiter.api.Test;

class MemoryFitTest {

    private static final ModelShape SHAPE = new ModelShape(300, 40, 6, 24, 4, 2, 60, 10000, 1e-5, true);
    private static final TrainingSetup SETUP = TrainingSetup.of(8);
    private static final Backend HOST = new ReferenceBackend(Precision.SINGLE);
    private static final long PLENTY = 1L << 40;

    @Test
    void aModelThatJustFitsIsPlanned() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, SETUP, HOST);
        assertThat(inProcess(plan.totalBytes()).require(SHAPE, SETUP)).isEqualTo(plan);
        assertRefused(inProcess(plan.totalBytes() - 1), SETUP, "but only");
    }

    @Test
    void aBatchThatIsTooLargeIsRefusedWithTheOneThatFits() {
        long five = MemoryPlan.of(SHAPE, SETUP.withRows(5), HOST).totalBytes();
        assertRefused(inProcess(five), SETUP, "Set train.batch to at most 5 and train.accumulate higher instead");
        assertRefused(inProcess(five - 1), SETUP, "Set train.batch to at most 4");
    }

    @Test
    void recomputationIsProposedWhereItIsEnough() {
        long needed = MemoryPlan.of(SHAPE, SETUP.recomputing(), HOST).totalBytes();
        assertRefused(inProcess(needed), SETUP, ", or train.recompute to blocks");
        assertRefused(inProcess(needed - 1), SETUP, ", or train.recompute to blocks and train.batch to at most 7");
    }

    @Test
    void noBatchButASmallerModelIsProposedWhereOneRowIsTooLarge() {
        TrainingSetup least = SETUP.withRows(1).recomputing();
        long four = MemoryPlan.of(SHAPE.withLayers(4), least, HOST).totalBytes();
        assertRefused(inProcess(four), SETUP, "model.preset", "model.layers may be 4");
        assertRefused(inProcess(1), SETUP, "Choose a smaller model.preset, fewer model.channels");
    }

    @Test
    void aCopyThatIsTooMuchCanBeDoneWithout() {
        TrainingSetup accompanied =
                new TrainingSetup(8, Optional.empty(), false, 0, false, false, true, OptionalInt.of(1));
        long alone = MemoryPlan.of(SHAPE, SETUP, HOST).totalBytes();
        assertRefused(inProcess(alone), accompanied, "train.eval.place to between_steps");
    }

    @Test
    void aModelMustFitTheDeviceToo() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, SETUP, HOST);
        assertThat(onDevice(plan.modelBytes(), 0, PLENTY).require(SHAPE, SETUP).deviceBytes())
                .isEqualTo(plan.modelBytes());
        long three = MemoryPlan.of(SHAPE, SETUP.withRows(3), HOST).modelBytes();
        assertRefused(
                onDevice(three, 0, PLENTY),
                SETUP,
                "the device needs",
                "but the device keeps at most",
                "the largest allocation",
                "train.batch to at most 3");
    }

    @Test
    void whatTheProcessKeepsOfTheDeviceMustFitTheProcess() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, SETUP, HOST);
        long twice = plan.totalBytes() + plan.modelBytes();
        assertThat(onDevice(PLENTY, 2, twice).require(SHAPE, SETUP).totalBytes())
                .isEqualTo(twice);
        assertRefused(onDevice(PLENTY, 2, twice - 1), SETUP, "but only", "may be used here");
    }

    private static MemoryFit inProcess(long usableBytes) {
        return new MemoryFit(HOST, HOST, usableBytes);
    }

    private static MemoryFit onDevice(long deviceBytes, int hostCopies, long usableBytes) {
        DeviceMemory memory = new DeviceMemory(deviceBytes, "the largest allocation", hostCopies);
        return new MemoryFit(PretendedDevice.on(PretendedDevice.device("card"), memory, HOST), HOST, usableBytes);
    }

    private static void assertRefused(MemoryFit fit, TrainingSetup setup, String... words) {
        assertThatThrownBy(() -> fit.require(SHAPE, setup))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(words);
    }
}
