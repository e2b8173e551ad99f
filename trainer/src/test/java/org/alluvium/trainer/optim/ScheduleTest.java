package org.alluvium.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final String[] TRAPEZIUM = {
        "learningRate=0.01", "warmupSteps=10", "decaySteps=20", "finalFraction=0.1", "weightDecay=0.1"
    };

    private final Schedule bounded = schedule(100, TRAPEZIUM);

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
    void theDecayMayBeSteepAtFirstOrFlatAtBothEnds() {
        Schedule steep = schedule(100, with("decayShape=one_minus_sqrt"));
        Schedule flat = schedule(100, with("decayShape=cosine"));
        assertThat(steep.learningRate(85)).isCloseTo(0.01 * (0.1 + 0.9 * 0.5), within(1e-15));
        assertThat(flat.learningRate(85)).isCloseTo(0.01 * (0.1 + 0.9 * (0.5 + 0.25 * Math.sqrt(2))), within(1e-15));
        for (Schedule schedule : List.of(steep, flat)) {
            assertThat(schedule.learningRate(80)).isEqualTo(0.01);
            assertThat(schedule.learningRate(100)).isCloseTo(0.001, within(1e-15));
        }
    }

    @Test
    void aCosineFallsFromTheWarmupToTheLastStep() {
        Schedule cosine = schedule(110, with("schedule=cosine", "decaySteps=0"));
        assertThat(cosine.learningRate(5)).isCloseTo(0.005, within(1e-15));
        assertThat(cosine.learningRate(10)).isEqualTo(0.01);
        assertThat(cosine.learningRate(60)).isCloseTo(0.0055, within(1e-15));
        assertThat(cosine.learningRate(110)).isCloseTo(0.001, within(1e-15));
    }

    @Test
    void aRunWithoutAnEndDoesNotDecay() {
        assertThat(schedule(0, "learningRate=0.01").learningRate(1_000_000)).isEqualTo(0.01);
    }

    @Test
    void withoutWarmupTheFirstStepHasTheFullRate() {
        assertThat(schedule(10, "learningRate=0.01", "warmupSteps=0").learningRate(1))
                .isEqualTo(0.01);
    }

    @Test
    void theUpdateCountsFromOne() {
        assertThat(bounded.update(1).number()).isEqualTo(1);
        assertThat(bounded.update(3).adamW().learningRate()).isEqualTo(bounded.learningRate(3));
    }

    @Test
    void withoutMuonThereIsNone() {
        assertThat(schedule(100, "method=adamw").update(1).muon()).isEmpty();
    }

    @Test
    void muonsRateIsTheSameShareOfItsPeak() {
        Schedule muon = schedule(100, with("method=muon", "muon.learningRate=0.5"));
        for (long step : new long[] {1, 10, 50, 90, 100}) {
            assertThat(muon.update(step).muon().orElseThrow().learningRate())
                    .isCloseTo(50 * muon.learningRate(step), within(1e-15));
        }
    }

    @Test
    void muonsMomentumRisesLinearlyAndStays() {
        Schedule muon = schedule(
                0, "method=muon", "muon.initialMomentum=0.5", "muon.momentum=0.9", "muon.momentumWarmupSteps=4");
        assertThat(momentum(muon, 1)).isCloseTo(0.6, within(1e-15));
        assertThat(momentum(muon, 4)).isEqualTo(0.9);
        assertThat(momentum(muon, 400)).isEqualTo(0.9);
    }

    @Test
    void weightDecayMayFallToNothingAtTheLastStep() {
        Schedule falling = schedule(100, with("weightDecaySchedule=linear", "method=muon"));
        assertThat(falling.update(25).adamW().weightDecay()).isCloseTo(0.075, within(1e-15));
        assertThat(falling.update(100).muon().orElseThrow().weightDecay()).isZero();
        assertThat(bounded.update(100).adamW().weightDecay()).isEqualTo(0.1);
    }

    private static double momentum(Schedule schedule, long step) {
        return schedule.update(step).muon().orElseThrow().momentum();
    }

    private static String[] with(String... more) {
        return Stream.concat(Arrays.stream(TRAPEZIUM), Arrays.stream(more)).toArray(String[]::new);
    }

    private static Schedule schedule(long steps, String... keys) {
        List<String> overrides = Stream.concat(
                        Stream.of("train.steps=" + steps), Arrays.stream(keys).map(key -> "train.optimizer." + key))
                .toList();
        AlluviumConfig config = ConfigLoader.parse("{}", "test", Path.of(""), overrides);
        return new Schedule(config.train().optimizer(), steps);
    }
}
