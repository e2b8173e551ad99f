package org.alluvium.dashboard.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The largest singular values of a matrix and their right singular vectors, by randomized subspace iteration (Halko,
 * Martinsson and Tropp, 2011, algorithm 4.4) from a fixed seed. The largest are good to about a thousandth after a few rounds,
 * the last ones are a lower bound. Immutable.
 */
public final class Subspace {

    private static final int SPARE = 4; // directions beyond those wanted, which make these better
    private static final long SEED = 17;
    private static final double ROUNDING = 1e-12;

    private final double[] values;
    private final double[] vectors; // (columns,width)
    private final int width;

    private Subspace(double[] values, double[] vectors) {
        this.values = values;
        this.vectors = vectors;
        this.width = values.length;
    }

    /**
     * Finds them.
     *
     * @param count how many are wanted; there are fewer where the matrix is narrower
     * @param rounds of the iteration
     */
    public static Subspace of(Matrix matrix, int count, int rounds) {
        int wanted = Math.min(count, Math.min(matrix.rows(), matrix.columns()));
        int width = Math.min(wanted + SPARE, Math.min(matrix.rows(), matrix.columns()));
        double[] right = random(matrix.columns() * width);
        double[] left = times(matrix, right, width);
        for (int round = 0; round < rounds; round++) {
            orthonormalize(left, width);
            right = transposedTimes(matrix, left, width);
            orthonormalize(right, width);
            left = times(matrix, right, width);
        }
        double[][] gram = gram(left, width);
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        return new Subspace(
                IntStream.range(0, wanted)
                        .mapToDouble(i -> Math.sqrt(Math.max(0, eigen.value(i))))
                        .toArray(),
                rotate(right, width, eigen, wanted));
    }

    /** The singular values, largest first. */
    public List<Double> values() {
        return Arrays.stream(values).boxed().toList();
    }

    /** Where the rows of a matrix lie along these directions: (rows,count). */
    public Matrix coordinates(Matrix matrix) {
        double[] sums = times(matrix, vectors, width);
        float[] coordinates = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            coordinates[i] = (float) sums[i];
        }
        return new Matrix(coordinates, matrix.rows(), width);
    }

    private static double[] random(int size) {
        SplittableRandom random = new SplittableRandom(SEED);
        return random.doubles(size).map(x -> x - 0.5).toArray();
    }

    private static double[] times(Matrix matrix, double[] right, int width) {
        double[] left = new double[matrix.rows() * width];
        for (int row = 0; row < matrix.rows(); row++) {
            matrix.project(row, right, width, left, row * width);
        }
        return left;
    }

    private static double[] transposedTimes(Matrix matrix, double[] left, int width) {
        double[] right = new double[matrix.columns() * width];
        for (int row = 0; row < matrix.rows(); row++) {
            matrix.scatter(row, left, row * width, width, right);
        }
        return right;
    }

    /**
     * Gram and Schmidt, twice for each column, which is enough (Giraud et al., 2005). Of a column that lies in the space of
     * those before it only rounding is left, which is no direction: it becomes nothing.
     */
    private static void orthonormalize(double[] columns, int width) {
        for (int column = 0; column < width; column++) {
            double before = Math.sqrt(dot(columns, width, column, column));
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < column; other++) {
                    add(columns, width, column, other, -dot(columns, width, column, other));
                }
            }
            double length = Math.sqrt(dot(columns, width, column, column));
            double factor = length > ROUNDING * before ? 1 / length : 0;
            for (int at = column; at < columns.length; at += width) {
                columns[at] *= factor;
            }
        }
    }

    private static double dot(double[] columns, int width, int one, int other) {
        double sum = 0;
        for (int at = 0; at < columns.length; at += width) {
            sum += columns[at + one] * columns[at + other];
        }
        return sum;
    }

    private static void add(double[] columns, int width, int to, int from, double factor) {
        for (int at = 0; at < columns.length; at += width) {
            columns[at + to] += factor * columns[at + from];
        }
    }

    private static double[][] gram(double[] columns, int width) {
        double[][] gram = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                gram[i][j] = dot(columns, width, i, j);
            }
        }
        return gram;
    }

    private static double[] rotate(double[] right, int width, SymmetricEigen eigen, int wanted) {
        int rows = right.length / width;
        double[] rotated = new double[rows * wanted];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < wanted; i++) {
                for (int j = 0; j < width; j++) {
                    rotated[row * wanted + i] += right[row * width + j] * eigen.component(j, i);
                }
            }
        }
        return rotated;
    }
}
