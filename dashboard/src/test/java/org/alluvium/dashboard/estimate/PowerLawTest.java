package org.alluvium.dashboard.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerLawTest {

    private static List<PowerLaw.Point> points(double noise) {
        SplittableRandom random = new SplittableRandom(4);
        return IntStream.range(0, 60)
                .mapToObj(i -> {
                    double tokens = 1e6 * Math.pow(1.08, i);
                    double loss = 1.7 + 400 * Math.pow(tokens, -0.34);
                    return new PowerLaw.Point(tokens, loss + noise * (random.nextDouble() - 0.5));
                })
                .toList();
    }

    @Test
    void aLawWithoutNoiseIsFoundAgain() {
        PowerLaw law = PowerLaw.fit(points(0)).orElseThrow();
        assertThat(law.exponent()).isCloseTo(0.34, within(0.006));
        assertThat(law.floor()).isCloseTo(1.7, within(0.02));
        assertThat(law.at(1e9).loss()).isCloseTo(1.7 + 400 * Math.pow(1e9, -0.34), within(0.02));
    }

    @Test
    void theBandHoldsTheTruthAndGrowsWithTheDistance() {
        PowerLaw law = PowerLaw.fit(points(0.05)).orElseThrow();
        PowerLaw.Forecast near = law.at(2e8);
        PowerLaw.Forecast far = law.at(1e10);
        assertThat(1.7 + 400 * Math.pow(1e10, -0.34)).isBetween(far.low(), far.high());
        assertThat(far.high() - far.low()).isGreaterThan(near.high() - near.low());
    }

    @Test
    void aLossThatRisesOrHasFewPointsHasNoLaw() {
        List<PowerLaw.Point> rising = IntStream.range(1, 40)
                .mapToObj(i -> new PowerLaw.Point(i * 1e6, 2 + i))
                .toList();
        assertThat(PowerLaw.fit(rising)).isEmpty();
        assertThat(PowerLaw.fit(rising.subList(0, 3))).isEmpty();
    }
}
