package org.alluvium.dashboard.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SubspaceTest {

    @Test
    void theLargestSingularValuesOfADiagonalAreItsLargest() {
        float[] values = new float[30 * 20];
        for (int i = 0; i < 20; i++) {
            values[i * 20 + i] = 20 - i;
        }
        assertThat(Subspace.of(new Matrix(values, 30, 20), 3, 20).values())
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(20, within(0.05)),
                        second -> assertThat(second).isCloseTo(19, within(0.05)),
                        third -> assertThat(third).isCloseTo(18, within(0.05)));
    }

    @Test
    void aProductOfTwoVectorsHasOneSingularValue() {
        Matrix matrix = outerProduct(40, 12);
        Subspace subspace = Subspace.of(matrix, 4, 2);
        double length = Math.sqrt(matrix.squaredNorm());
        assertThat(subspace.values().getFirst()).isCloseTo(length, within(1e-5 * length));
        assertThat(subspace.values().get(1)).isCloseTo(0, within(1e-5 * length));
        assertThat(subspace.coordinates(matrix).get(7, 0)).isNotZero();
    }

    @Test
    void aNarrowMatrixHasNoMoreDirectionsThanColumns() {
        assertThat(Subspace.of(outerProduct(5, 2), 8, 2).values()).hasSize(2);
    }

    private static Matrix outerProduct(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(1);
        double[] left = random.doubles(rows).toArray();
        double[] right = random.doubles(columns).toArray();
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (left[i / columns] * right[i % columns]);
        }
        return new Matrix(values, rows, columns);
    }
}
