package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.OwnMemory;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryPlanTest {

    private static final ModelShape SHAPE = new ModelShape(300, 40, 2, 24, 4, 2, 60, 10000, 1e-5, true);

    private static final Architecture QWEN = new Architecture(true, ModelConfig.Activation.RELU2, 0);

    static Stream<Arguments> setups() {
        ModelShape normed =
                new ModelShape(300, 40, 2, 24, 4, 2, 6, 60, 10000, new RopeScaling.None(), 1e-5, true, QWEN);
        return Stream.of(SHAPE, normed)
                .flatMap(shape -> Stream.of(ElementType.values())
                        .flatMap(
                                type -> Stream.of(true, false).map(recompute -> Arguments.of(shape, type, recompute))));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void thePlanIsWhatTheModelAllocatesToTheByte(ModelShape shape, ElementType type, boolean recompute) {
        requirePlanned(
                shape,
                type,
                new TrainingSetup(3, Optional.empty(), true, 0, false, recompute, true, OptionalInt.empty()));
        requirePlanned(shape, type, TrainingSetup.toEvaluate(1));
    }

    private static void requirePlanned(ModelShape shape, ElementType type, TrainingSetup setup) {
        AtomicLong bytes = new AtomicLong();
        ReferenceBackend reference = new ReferenceBackend(Precision.SINGLE, type);
        Backend counting = (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(reference, arguments);
                    switch (result) {
                        case Tensor tensor ->
                            bytes.addAndGet(tensor.size() * tensor.type().bytes());
                        case Indices indices -> bytes.addAndGet((long) indices.size() * Integer.BYTES);
                        case null, default -> {}
                    }
                    return result;
                });
        try (Transformer model = new Transformer(shape, setup, counting)) {
            assertThat(model.memory().modelBytes()).isEqualTo(bytes.get());
        }
    }

    @Test
    void aCopyThatIsEvaluatedInTheBackgroundIsPartOfThePlan() {
        TrainingSetup alone = TrainingSetup.of(8);
        TrainingSetup accompanied =
                new TrainingSetup(alone.rows(), alone.muon(), false, 0, false, false, true, OptionalInt.of(1));
        ReferenceBackend backend = new ReferenceBackend(Precision.SINGLE);
        MemoryPlan copy = MemoryPlan.of(SHAPE, TrainingSetup.toEvaluate(1), backend);
        assertThat(MemoryPlan.of(SHAPE, accompanied, backend).totalBytes())
                .isEqualTo(MemoryPlan.of(SHAPE, alone, backend).totalBytes() + copy.modelBytes());
    }

    @Test
    void everyPartOfThePlanIsPrinted() {
        MemoryPlan plan = new MemoryPlan(
                4 << 20,
                3 << 20,
                2 << 20,
                new OwnMemory(5 << 20, 1),
                new ProcessMemory(6 << 20, 7 << 20, 8 << 20),
                Optional.empty());
        assertThat(plan)
                .hasToString("the process needs 36 MiB: state 4, activations 3, logits 2, packed weights 5, scratch 1,"
                        + " checkpoint 6, evaluated copy 7, Java 8");
    }

    @Test
    void ofADeviceTheProcessTakesWhatItKeepsOfIt() {
        DeviceMemory memory = new DeviceMemory(1 << 30, "all it has", 2);
        MemoryPlan plan = new MemoryPlan(
                4 << 20, 3 << 20, 2 << 20, OwnMemory.NONE, new ProcessMemory(6 << 20, 0, 8 << 20), Optional.of(memory));
        assertThat(plan)
                .hasToString("the device needs 9 MiB: state 4, activations 3, logits 2, packed weights 0, scratch 0;"
                        + " the process needs 32 MiB: what is on the device 18, checkpoint 6, Java 8");
    }
}
