package org.alluvium.dashboard.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PyramidTest {

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @Test
    void theRangeOfAnyStretchIsThatOfItsNumbers() {
        double[] numbers = numbers(5_000);
        Pyramid pyramid = pyramid(numbers);
        for (int i = 0; i < 2_000; i++) {
            int from = random.nextInt(numbers.length + 1);
            int to = random.nextInt(from, numbers.length + 1);
            assertThat(pyramid.range(from, to)).isEqualTo(plain(numbers, from, to));
        }
    }

    @Test
    void numbersAddedAfterACutTakeThePlaceOfThoseCutOff() {
        double[] numbers = numbers(5_000);
        for (int length : new int[] {0, 1, 15, 16, 17, 255, 256, 4_095, 4_096, 4_999}) {
            Pyramid pyramid = pyramid(numbers(5_000));
            pyramid.truncate(0);
            for (double number : numbers) {
                pyramid.add(number);
            }
            pyramid.truncate(length);
            for (int i = length; i < numbers.length; i++) {
                pyramid.add(numbers[i]);
            }
            assertThat(pyramid.range(0, numbers.length)).isEqualTo(plain(numbers, 0, numbers.length));
            assertThat(pyramid.range(length / 2, numbers.length - 7))
                    .isEqualTo(plain(numbers, length / 2, numbers.length - 7));
        }
    }

    @Test
    void theFirstThatIsNotBelowABoundIsFound() {
        double[] numbers = numbers(3_000);
        Pyramid pyramid = pyramid(numbers);
        for (double bound : new double[] {0, 0.06, 0.5, 0.99, 0.9995, 1}) {
            int first = 0;
            while (first < numbers.length && !(numbers[first] >= bound)) {
                first++;
            }
            assertThat(pyramid.firstFrom(bound)).isEqualTo(first);
        }
    }

    @Test
    void whatIsNotANumberDoesNotCount() {
        Pyramid pyramid = pyramid(new double[] {Double.NaN, 3, Double.NaN, -1, Double.NaN});
        assertThat(pyramid.range(0, 5)).isEqualTo(new Range(-1, 3));
        assertThat(pyramid.range(4, 5)).isEqualTo(Range.NONE);
        assertThat(pyramid.range(2, 2)).isEqualTo(Range.NONE);
    }

    private double[] numbers(int count) {
        return random.doubles(count)
                .map(number -> number < 0.05 ? Double.NaN : number)
                .toArray();
    }

    private static Pyramid pyramid(double[] numbers) {
        Pyramid pyramid = new Pyramid();
        for (double number : numbers) {
            pyramid.add(number);
        }
        return pyramid;
    }

    private static Range plain(double[] numbers, int from, int to) {
        Range range = Range.NONE;
        for (int i = from; i < to; i++) {
            range = range.and(numbers[i], numbers[i]);
        }
        return range;
    }
}
