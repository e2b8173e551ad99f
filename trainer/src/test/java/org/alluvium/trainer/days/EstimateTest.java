package org.alluvium.trainer.days;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private record Unit(double cost, double size) {}

    @Test
    void theErrorIsThatOfARatioOfSums() {
        assertThat(estimate(List.of(new Unit(2, 1), new Unit(4, 3)))).isEqualTo(new Estimate(1.5, 0.25));
        assertThat(estimate(List.of(new Unit(2, 1), new Unit(6, 3)))).isEqualTo(new Estimate(2, 0));
    }

    @Test
    void oneDocumentTellsNothingAboutTheNext() {
        assertThat(estimate(List.of(new Unit(3, 2)))).isEqualTo(new Estimate(1.5, Double.NaN));
    }

    @Test
    void theErrorIsHowFarDrawsLieApart() {
        Random random = new Random(1);
        List<Estimate> draws = IntStream.range(0, 2000)
                .mapToObj(_ -> estimate(
                        IntStream.range(0, 200).mapToObj(_ -> unit(random)).toList()))
                .toList();
        double mean = values(draws).average().orElseThrow();
        double spread = Math.sqrt(
                values(draws).map(value -> (value - mean) * (value - mean)).sum() / draws.size());

        assertThat(draws.stream().mapToDouble(Estimate::standardError).average().orElseThrow())
                .isCloseTo(spread, Percentage.withPercentage(5));
    }

    private static DoubleStream values(List<Estimate> draws) {
        return draws.stream().mapToDouble(Estimate::value);
    }

    /** Sizes differ much, and costs follow them. */
    private static Unit unit(Random random) {
        double size = Math.exp(0.5 * random.nextGaussian());
        return new Unit(size * (2 + 0.5 * random.nextGaussian()), size);
    }

    private static Estimate estimate(List<Unit> units) {
        return Estimate.ratio(units, Unit::cost, Unit::size);
    }
}
