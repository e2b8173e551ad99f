package org.alluvium.dashboard.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.alluvium.dashboard.matrix.Matrix;
import org.junit.jupiter.api.Test;

class NearestAnchorsTest {

    private static final int EACH = 40;

    /** Points around two directions, of which the first of each kind are laid out, far from each other. */
    @Test
    void pointsComeToLieWhereTheyAreNear() {
        float[] values = new float[2 * EACH * 8];
        SplittableRandom random = new SplittableRandom(5);
        for (int row = 0; row < 2 * EACH; row++) {
            for (int column = 0; column < 8; column++) {
                double centre = column == row % 2 ? 1 : 0;
                values[8 * row + column] = (float) (centre + 0.1 * random.nextDouble());
            }
        }
        Matrix directions = new Matrix(values, 2 * EACH, 8).centred().unitRows();
        int[] anchors = {0, 1, 2, 3};
        Matrix layout = new Matrix(new float[] {-5, 0, 5, 0, -5, 1, 5, 1}, 4, 2);
        int[] others = new int[2 * EACH - 4];
        for (int i = 0; i < others.length; i++) {
            others[i] = i + 4;
        }
        Matrix all = new NearestAnchors(directions, anchors, layout).with(others);
        assertThat(all.rows()).isEqualTo(2 * EACH);
        assertThat(all.get(1, 0)).isEqualTo(5);
        for (int row = 4; row < all.rows(); row++) {
            assertThat(all.get(row, 0)).isBetween(row % 2 == 0 ? -5.2f : 4.8f, row % 2 == 0 ? -4.8f : 5.2f);
            assertThat(all.get(row, 1)).isBetween(-0.2f, 1.2f);
        }
    }
}
