package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SparklineTest {

    @Test
    void theLowestValueIsTheLowestBlockAndTheHighestTheHighest() {
        assertThat(Sparkline.of(List.of(1.0, 2.0, 8.0), 10)).isEqualTo("▁▂█");
    }

    @Test
    void manyValuesAreAveragedIntoTheColumns() {
        List<Double> falling =
                DoubleStream.iterate(1000, x -> x - 1).limit(1000).boxed().toList();
        assertThat(Sparkline.of(falling, 8)).isEqualTo("█▇▆▅▄▃▂▁");
    }

    @Test
    void equalValuesAreALevelLine() {
        assertThat(Sparkline.of(List.of(3.0, 3.0, 3.0), 10)).isEqualTo("▅▅▅");
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        assertThat(Sparkline.of(List.of(Double.NaN, 1.0, Double.POSITIVE_INFINITY, 2.0), 10))
                .isEqualTo("▁█");
        assertThat(Sparkline.of(List.of(Double.NaN), 10)).isEmpty();
        assertThat(Sparkline.of(List.of(), 10)).isEmpty();
        assertThat(Sparkline.of(List.of(1.0), 0)).isEmpty();
    }
}
