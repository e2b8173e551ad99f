package org.alluvium.dashboard.matrix;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations. Immutable. */
final class SymmetricEigen {

    private static final int SWEEPS = 60;
    private static final double NOTHING = 1e-15;

    private final double[][] matrix; // diagonal in the end
    private final double[][] vectors; // columns
    private final int[] order; // by falling value

    private SymmetricEigen(double[][] matrix, double[][] vectors) {
        this.matrix = matrix;
        this.vectors = vectors;
        order = IntStream.range(0, matrix.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -matrix[i][i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Of a matrix, which is left as it is. */
    static SymmetricEigen of(double[][] symmetric) {
        int n = symmetric.length;
        double[][] matrix = new double[n][];
        double[][] vectors = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i] = symmetric[i].clone();
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(matrix) > NOTHING * diagonal(matrix); sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (matrix[p][q] != 0) {
                        rotate(matrix, vectors, p, q);
                    }
                }
            }
        }
        return new SymmetricEigen(matrix, vectors);
    }

    /** The i-th largest. */
    double value(int i) {
        return matrix[order[i]][order[i]];
    }

    /** A component of the vector that goes with it. */
    double component(int row, int i) {
        return vectors[row][order[i]];
    }

    private static double offDiagonal(double[][] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                sum += i == j ? 0 : Math.abs(matrix[i][j]);
            }
        }
        return sum;
    }

    private static double diagonal(double[][] matrix) {
        return IntStream.range(0, matrix.length)
                .mapToDouble(i -> Math.abs(matrix[i][i]))
                .sum();
    }

    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double t = Math.signum(theta == 0 ? 1 : theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cos = 1 / Math.sqrt(t * t + 1);
        double sin = t * cos;
        for (int k = 0; k < matrix.length; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = cos * kp - sin * kq;
            matrix[k][q] = sin * kp + cos * kq;
        }
        for (int k = 0; k < matrix.length; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = cos * pk - sin * qk;
            matrix[q][k] = sin * pk + cos * qk;
            double vp = vectors[k][p];
            double vq = vectors[k][q];
            vectors[k][p] = cos * vp - sin * vq;
            vectors[k][q] = sin * vp + cos * vq;
        }
    }
}
