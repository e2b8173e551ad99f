package org.alluvium.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.alluvium.cli.scale.Sheet;
import org.alluvium.cli.scale.SheetFile;
import org.alluvium.contracts.error.ConfigException;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

    private static final Sheet STREAM = SheetFile.builtIn(SheetFile.STREAM);

    private static Report run(Map<String, Double> values) {
        return Simulation.run(Scenario.of(STREAM.with(values, "here")));
    }

    /** Pollaczek and Khinchine: with service of equal length, the mean wait is load / (2 · rate of service · (1 - load)). */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.8})
    void waitsAreThoseOfAQueueWithEqualService(double load) {
        Report report = run(Map.of("parcel", 1.0, "rate", 100 * load, "slotRate", 100.0, "horizon", 40_000.0));

        assertThat(report.meanWait()).isCloseTo(load / (2 * 100 * (1 - load)), Percentage.withPercentage(5));
    }

    @Test
    void anIdleJobsFreshnessIsSpreadEvenlyOverTheInterval() {
        Report report = run(Map.of("rate", 500.0, "slotRate", 1e6, "checkpointInterval", 10.0, "checkpointTime", 1.0));

        assertThat(report.freshness().p50()).isCloseTo(6, within(0.1));
        assertThat(report.freshness().p95()).isCloseTo(10.5, within(0.1));
        assertThat(report.freshness().most()).isBetween(10.9, 11.1);
    }

    /** PERFORMANCE.md, Freshness: 1.2 s, 2.1 s and 2.3 s of 874,626 documents at half of full load. */
    @Test
    void theMeasuredFreshnessIsPredictedWithinATenth() {
        Report report = run(Map.of());

        assertThat(report.freshness().p50()).isCloseTo(1.2, Percentage.withPercentage(10));
        assertThat(report.freshness().p95()).isCloseTo(2.1, Percentage.withPercentage(10));
        assertThat(report.freshness().p99()).isCloseTo(2.3, Percentage.withPercentage(10));
    }

    @Test
    void failuresReplayDocumentsAndCommitNoneTwice() {
        Report report = run(Map.of("secondsBetweenFailures", 300.0));

        assertThat(report.work().failures()).isPositive();
        assertThat(report.replayed()).isPositive();
        assertThat(report.duplicates()).isZero();
        assertThat(report.committed() + report.waiting()).isEqualTo(report.arrived());
        assertThat(report.waiting()).isLessThan(report.arrived() / 10);
    }

    /** What waits after an outage is done at the speed that is to spare: outage · load / (1 - load), beside the outage itself. */
    @Test
    void catchingUpTakesAsLongAsTheSpareSpeedSays() {
        Report report = run(
                Map.of("secondsBetweenFailures", 3_000.0, "restartTime", 60.0, "rate", 4_807.0, "horizon", 20_000.0));

        double replayed = 4.2; // at most: an interval, a checkpoint, and the interval of the first one after it
        assertThat(report.longestCatchUp()).isBetween(60 / 0.5, (60 + replayed) / 0.5 * 1.02);
    }

    @Test
    void moreSlotsFollowABurstAndGoWhenItIsOver() {
        Map<String, Double> burst = Map.of("burstFactor", 4.0, "burstTime", 300.0, "burstEvery", 1_800.0);
        Report alone = run(burst);
        Report scaled = run(with(burst, Map.of("mostSlots", 4.0)));

        assertThat(scaled.work().mostSlots()).isEqualTo(4);
        assertThat(scaled.work().rescalings()).isGreaterThanOrEqualTo(4);
        assertThat(scaled.freshness().p99()).isLessThan(alone.freshness().p99() / 2);
        assertThat(scaled.work().slotHours()).isLessThan(3);
        assertThat(scaled.duplicates()).isZero();
    }

    @Test
    void aBarrierWaitsBehindWhatIsBuffered() {
        Map<String, Double> overload = Map.of("rate", 9_500.0, "buffered", 50_000.0, "horizon", 600.0);
        Report aligned = run(with(overload, Map.of("burstFactor", 1.5, "burstEvery", 60.0, "burstTime", 30.0)));
        Report unaligned =
                run(with(overload, Map.of("burstFactor", 1.5, "burstEvery", 60.0, "burstTime", 30.0, "buffered", 0.0)));

        assertThat(aligned.work().checkpoints()).isLessThan(unaligned.work().checkpoints() / 2);
    }

    @Test
    void theSameSeedGivesTheSameAndAnotherDoesNot() {
        Map<String, Double> failing = Map.of("secondsBetweenFailures", 500.0);

        assertThat(run(failing)).isEqualTo(run(failing));
        assertThat(run(with(failing, Map.of("seed", 2.0)))).isNotEqualTo(run(failing));
    }

    @Test
    void whatCannotBeSimulatedIsRefused() {
        assertThatThrownBy(() -> run(Map.of("checkpointInterval", 0.0))).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> run(Map.of("mostSlots", 0.0))).isInstanceOf(ConfigException.class);
    }

    private static Map<String, Double> with(Map<String, Double> some, Map<String, Double> others) {
        Map<String, Double> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
