package org.alluvium.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.alluvium.flink.types.Tally;
import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class TallyHistogramTest {

    private final TallyHistogram histogram = new TallyHistogram();

    private static Tally tally(Map<Long, Long> counts) {
        return new Tally(new TreeMap<>(counts));
    }

    @Test
    void itsStatisticsAreThoseOfTheNewestTally() {
        histogram.replace(tally(Map.of(1_000L, 7L)));
        histogram.replace(tally(Map.of(2L, 3L, 10L, 1L)));

        HistogramStatistics statistics = histogram.getStatistics();

        assertThat(statistics.getValues()).containsExactly(2, 2, 2, 10);
        assertThat(statistics.size()).isEqualTo(4);
        assertThat(statistics.getMin()).isEqualTo(2);
        assertThat(statistics.getMax()).isEqualTo(10);
        assertThat(statistics.getMean()).isEqualTo(4);
        assertThat(statistics.getStdDev()).isCloseTo(Math.sqrt(12), within(1e-9));
        assertThat(statistics.getQuantile(0)).isEqualTo(2);
        assertThat(statistics.getQuantile(0.5)).isEqualTo(2);
        assertThat(statistics.getQuantile(0.75)).isEqualTo(2);
        assertThat(statistics.getQuantile(0.76)).isEqualTo(10);
        assertThat(statistics.getQuantile(1)).isEqualTo(10);
    }

    @Test
    void itsCountIsOfAllThereHaveBeen() {
        histogram.replace(tally(Map.of(1_000L, 7L)));
        histogram.replace(tally(Map.of(2L, 3L, 10L, 1L)));

        assertThat(histogram.getCount()).isEqualTo(11);
    }
}
