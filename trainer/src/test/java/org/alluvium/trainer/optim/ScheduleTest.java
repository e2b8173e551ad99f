package org.alluvium.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.alluvium.contracts.config.OptimizerConfig;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.01, 10, 20, 0.1, 0.9, 0.95, 1e-8, 0.1, 1);

    private final Schedule bounded = new Schedule(OPTIMIZER, 100);
    private final Schedule endless = new Schedule(OPTIMIZER, 0);

    @Test
    void theRateRisesLinearlyToTheLastStepOfTheWarmup() {
        assertThat(bounded.learningRate(1)).isCloseTo(0.001, within(1e-15));
        assertThat(bounded.learningRate(5)).isCloseTo(0.005, within(1e-15));
        assertThat(bounded.learningRate(10)).isEqualTo(0.01);
        assertThat(bounded.phase(9)).isEqualTo("warmup");
    }

    @Test
    void theRateStaysUntilTheDecayBegins() {
        assertThat(bounded.learningRate(80)).isEqualTo(0.01);
        assertThat(bounded.phase(80)).isEqualTo("stable");
    }

    @Test
    void theRateFallsLinearlyToItsFinalFractionAtTheLastStep() {
        assertThat(bounded.learningRate(90)).isCloseTo(0.0055, within(1e-15));
        assertThat(bounded.learningRate(100)).isCloseTo(0.001, within(1e-15));
        assertThat(bounded.learningRate(101)).isCloseTo(0.001, within(1e-15));
        assertThat(bounded.phase(100)).isEqualTo("decay");
    }

    @Test
    void aRunWithoutAnEndDoesNotDecay() {
        assertThat(endless.learningRate(1_000_000)).isEqualTo(0.01);
    }

    @Test
    void withoutWarmupTheFirstStepHasTheFullRate() {
        OptimizerConfig cold = new OptimizerConfig(0.01, 0, 0, 0, 0.9, 0.95, 1e-8, 0.1, 1);
        assertThat(new Schedule(cold, 10).learningRate(1)).isEqualTo(0.01);
    }

    @Test
    void theUpdateCountsFromOne() {
        assertThat(bounded.update(1).number()).isEqualTo(1);
        assertThat(bounded.update(3).adamW().learningRate()).isEqualTo(bounded.learningRate(3));
    }
}
