package org.alluvium.dashboard.embedding;

import java.util.stream.IntStream;
import org.alluvium.dashboard.matrix.Matrix;
import org.alluvium.dashboard.matrix.Subspace;
import org.alluvium.trainer.probe.Largest;

/**
 * Puts points into a layout of others: each among the few it is nearest to, nearest to the nearest, and a little aside, so that those with the same
 * neighbours are seen apart. Who is near is judged in the {@value #DIRECTIONS} directions in which all points differ most, which
 * is a matter of seconds for a vocabulary of fifty thousand.
 */
final class NearestAnchors {

    private static final int DIRECTIONS = 32;
    private static final int ROUNDS = 2;
    private static final int NEIGHBOURS = 3;
    private static final double SOFTNESS = 0.03; // of cosines: one that is so much farther counts a third as much
    private static final double ASIDE = 0.15; // of the unit in which the layout's forces let go
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

    private final Matrix directions;
    private final int[] anchors;
    private final Matrix layout;

    /**
     * A layout.
     *
     * @param directions of all points
     * @param anchors rows of those that are laid out
     * @param layout of them (n,2)
     */
    NearestAnchors(Matrix directions, int[] anchors, Matrix layout) {
        this.directions = directions;
        this.anchors = anchors;
        this.layout = layout;
    }

    /** The layout, followed by the places of other rows. */
    Matrix with(int[] others) {
        Matrix reduced = Subspace.of(directions, DIRECTIONS, ROUNDS)
                .coordinates(directions)
                .unitRows();
        float[] places = new float[2 * (anchors.length + others.length)];
        for (int i = 0; i < anchors.length; i++) {
            places[2 * i] = layout.get(i, 0);
            places[2 * i + 1] = layout.get(i, 1);
        }
        IntStream.range(0, others.length)
                .parallel()
                .forEach(i -> put(others[i], reduced, places, 2 * (anchors.length + i)));
        return new Matrix(places, anchors.length + others.length, 2);
    }

    private void put(int row, Matrix reduced, float[] places, int at) {
        double[] cosines = new double[anchors.length];
        for (int i = 0; i < anchors.length; i++) {
            cosines[i] = reduced.dot(row, reduced, anchors[i]);
        }
        int[] nearest = Largest.of(cosines, NEIGHBOURS);
        double x = 0;
        double y = 0;
        double sum = 0;
        for (int anchor : nearest) {
            double weight = Math.exp((cosines[anchor] - cosines[nearest[0]]) / SOFTNESS);
            x += weight * layout.get(anchor, 0);
            y += weight * layout.get(anchor, 1);
            sum += weight;
        }
        double aside = ASIDE * Math.sqrt(row * Math.E % 1); // evenly over a disc
        places[at] = (float) (x / sum + aside * Math.cos(row * GOLDEN_ANGLE));
        places[at + 1] = (float) (y / sum + aside * Math.sin(row * GOLDEN_ANGLE));
    }
}
