package org.alluvium.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestTest {

    @Test
    void theLargestComeInFallingOrder() {
        double[] values = new SplittableRandom(2).doubles(500).toArray();
        int[] expected = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .limit(7)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(Largest.of(values, 7)).containsExactly(expected);
    }

    @Test
    void ofEqualOnesThoseThatComeFirstCount() {
        assertThat(Largest.of(new double[] {1, 2, 2, 2}, 2)).containsExactly(1, 2);
    }

    @Test
    void onlyThoseThatMayBeChosenAre() {
        assertThat(Largest.of(new double[] {5, 4, 3, 2}, new int[] {1, 3}, 5)).containsExactly(1, 3);
        assertThat(Largest.of(new double[] {5}, 0)).isEmpty();
    }
}
