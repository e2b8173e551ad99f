package org.alluvium.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchRampTest {

    @Test
    void stepsGrowInAStraightLine() {
        BatchRamp ramp = new BatchRamp(2, 6);
        assertThat(LongStream.rangeClosed(1, 8)
                        .mapToInt(step -> ramp.microBatches(step, 5))
                        .boxed())
                .containsExactly(2, 2, 3, 3, 4, 4, 5, 5);
    }

    @Test
    void withoutARampAllStepsAreEquallyLarge() {
        assertThat(BatchRamp.NONE.microBatches(1, 7)).isEqualTo(7);
    }

    @Test
    void aStepOfThePlanHasSoManyTokens() {
        BatchPlan plan = new BatchPlan(1, 1, 0, 3, 8, 4, new BatchRamp(1, 100), Selection.DEFAULT);
        assertThat(plan.tokensOfStep(1)).isEqualTo(24);
        assertThat(plan.tokensOfStep(101)).isEqualTo(96).isEqualTo(plan.tokensPerStep());
    }
}
