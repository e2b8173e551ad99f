package org.alluvium.dashboard.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DoublesTest {

    private static final int STRETCH = 1 << 14;

    @Property(tries = 60)
    void numbersComeBackBitForBitHoweverTheyAreAddedAndCutOff(
            @ForAll Random random, @ForAll @IntRange(max = 5) int kind) {
        DoubleSupplier next = numbers(random, kind);
        Doubles doubles = new Doubles();
        List<Double> expected = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            double[] some = new double[random.nextInt(2 * STRETCH)];
            for (int i = 0; i < some.length; i++) {
                some[i] = next.getAsDouble();
                expected.add(some[i]);
            }
            if (random.nextBoolean()) {
                doubles.addAll(some, 0, some.length);
            } else {
                for (double each : some) {
                    doubles.add(each);
                }
            }
            if (random.nextInt(3) == 0) {
                int kept = random.nextInt(expected.size() + 1);
                doubles.truncate(kept);
                expected.subList(kept, expected.size()).clear();
            }
        }
        assertThat(doubles.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Double.doubleToLongBits(doubles.get(i))).isEqualTo(Double.doubleToLongBits(expected.get(i)));
        }
    }

    /** Whole numbers, thousandths, and what only looks like either now and then. */
    private static DoubleSupplier numbers(Random random, int kind) {
        return switch (kind) {
            case 0 -> () -> random.nextInt(1_000_000);
            case 1 -> () -> (random.nextInt(2_000_000) - 1_000_000) / 1000.0;
            case 2 -> random::nextDouble;
            case 3 -> () -> random.nextInt(20_000) == 0 ? Double.NaN : random.nextInt(100);
            case 4 -> () -> random.nextInt(20_000) == 0 ? -0.0 : random.nextInt(100);
            default -> () -> 1e9 * random.nextInt(1000);
        };
    }
}
