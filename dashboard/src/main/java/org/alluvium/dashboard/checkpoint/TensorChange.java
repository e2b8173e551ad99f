package org.alluvium.dashboard.checkpoint;

import java.util.List;
import org.alluvium.dashboard.matrix.Matrix;
import org.alluvium.dashboard.matrix.Subspace;

/**
 * How a tensor of one checkpoint came to be that of another.
 *
 * @param name of the parameter
 * @param shape row-major
 * @param relativeChange length of the change over length of the former
 * @param cosine of the angle between the two
 * @param stableRank of the change: the sum of its squared singular values over the largest of them (Rudelson and Vershynin,
 *     2007); 0 where nothing changed or it is no matrix
 * @param spectrum the largest singular values of the change, largest first; empty if it is no matrix
 */
public record TensorChange(
        String name,
        List<Integer> shape,
        double relativeChange,
        double cosine,
        double stableRank,
        List<Double> spectrum) {

    private static final int SINGULAR_VALUES = 8;
    private static final int ROUNDS = 2;

    static TensorChange of(String name, List<Integer> shape, float[] former, float[] latter) {
        int columns = shape.getLast();
        Matrix before = new Matrix(former, former.length / columns, columns);
        Matrix after = new Matrix(latter, latter.length / columns, columns);
        Matrix change = after.minus(before);
        double squared = change.squaredNorm();
        double product = 0;
        for (int row = 0; row < before.rows(); row++) {
            product += before.dot(row, after, row);
        }
        double lengths = Math.sqrt(before.squaredNorm() * after.squaredNorm());
        List<Double> spectrum = shape.size() < 2 || squared == 0
                ? List.of()
                : Subspace.of(change, SINGULAR_VALUES, ROUNDS).values();
        double largest = spectrum.isEmpty() ? 0 : spectrum.getFirst();
        return new TensorChange(
                name,
                shape,
                ratio(Math.sqrt(squared), Math.sqrt(before.squaredNorm())),
                lengths == 0 ? 0 : product / lengths,
                largest == 0 ? 0 : squared / (largest * largest),
                spectrum);
    }

    /** What was nothing and has become something has changed by all of itself. */
    private static double ratio(double change, double former) {
        if (former == 0) {
            return change == 0 ? 0 : 1;
        }
        return change / former;
    }
}
