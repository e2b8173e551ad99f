package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
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
        requirePlanned(shape, type, new TrainingSetup(3, Optional.empty(), true, 0, false, recompute, true));
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
            assertThat(model.memory().totalBytes()).isEqualTo(bytes.get());
        }
    }

    @Test
    void aBatchThatIsTooLargeIsRefusedWithTheShareThatFits() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, TrainingSetup.of(8), ElementType.F32);
        long half = plan.stateBytes() + plan.logitBytes() + plan.activationBytes() / 2;
        assertThatThrownBy(() -> plan.requireFits(half))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("train.batch to at most")
                .hasMessageContaining("train.accumulate");
    }

    @Test
    void aModelThatIsTooLargeIsRefusedWithTheKeysThatMakeItSmaller() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, TrainingSetup.of(8), ElementType.F32);
        assertThatThrownBy(() -> plan.requireFits(plan.stateBytes()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.preset");
    }

    @Test
    void aModelThatFitsIsAccepted() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, TrainingSetup.of(8), ElementType.F32);
        assertThatCode(() -> plan.requireFits(plan.totalBytes())).doesNotThrowAnyException();
    }
}
