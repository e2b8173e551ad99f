package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

    private static final ModelShape SHAPE = new ModelShape(300, 40, 2, 24, 4, 2, 60, 10000, 1e-5, true);

    @Test
    void thePlanIsWhatTheModelAllocates() {
        AtomicLong elements = new AtomicLong();
        ReferenceBackend reference = new ReferenceBackend(Precision.SINGLE);
        Backend counting = (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("allocate")) {
                        elements.addAndGet((long) arguments[0]);
                    }
                    return method.invoke(reference, arguments);
                });
        try (Transformer model = new Transformer(SHAPE, 3, counting)) {
            long planned = MemoryPlan.of(model.shape(), 3).totalBytes();
            assertThat(4.0 * elements.get() / planned).isBetween(0.99, 1.01);
        }
    }

    @Test
    void aBatchThatIsTooLargeIsRefusedWithTheShareThatFits() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, 8);
        long half = plan.stateBytes() + plan.logitBytes() + plan.activationBytes() / 2;
        assertThatThrownBy(() -> plan.requireFits(half))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("train.batch to at most")
                .hasMessageContaining("train.accumulate");
    }

    @Test
    void aModelThatIsTooLargeIsRefusedWithTheKeysThatMakeItSmaller() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, 8);
        assertThatThrownBy(() -> plan.requireFits(plan.stateBytes()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.preset");
    }

    @Test
    void aModelThatFitsIsAccepted() {
        MemoryPlan plan = MemoryPlan.of(SHAPE, 8);
        assertThatCode(() -> plan.requireFits(plan.totalBytes())).doesNotThrowAnyException();
    }
}
