package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;

/** One Muon update of a matrix; see {@link MuonCoefficients}. */
final class ReferenceMuon {

    private final MuonMatrix matrix;
    private final MuonCoefficients coefficients;
    private final double clip;

    ReferenceMuon(MuonMatrix matrix, MuonCoefficients coefficients, double squaredNorm) {
        this.matrix = matrix;
        this.coefficients = coefficients;
        clip = coefficients.clipFactor(squaredNorm);
    }

    void update() {
        double[][] direction = orthogonal(lookedAhead());
        ReferenceTensor weights = (ReferenceTensor) matrix.weights();
        double rate = coefficients.rate() * matrix.scale();
        for (int o = 0; o < matrix.out(); o++) {
            for (int i = 0; i < matrix.in(); i++) {
                int at = o * matrix.in() + i;
                double x = direction[o][i];
                double weight = weights.get(at);
                boolean kept = coefficients.cautious() && weight * x < 0;
                weights.set(at, weight * (kept ? 1 : coefficients.keep()) - rate * x);
            }
        }
    }

    /** Updates the momentum and returns u. */
    private double[][] lookedAhead() {
        ReferenceTensor momentum = (ReferenceTensor) matrix.momentum();
        ReferenceTensor gradients = (ReferenceTensor) matrix.gradients();
        double share = coefficients.momentum();
        double[][] u = new double[matrix.out()][matrix.in()];
        for (int o = 0; o < matrix.out(); o++) {
            for (int i = 0; i < matrix.in(); i++) {
                int at = o * matrix.in() + i;
                double gradient = gradients.get(at) * clip;
                double moment = share * momentum.get(at) + (1 - share) * gradient;
                momentum.set(at, moment);
                u[o][i] = coefficients.nesterov() ? share * moment + (1 - share) * gradient : moment;
            }
        }
        return u;
    }

    private double[][] orthogonal(double[][] u) {
        double squares = 0;
        for (double[] row : u) {
            for (double value : row) {
                squares += value * value;
            }
        }
        double[][] x = combined(1 / (Math.sqrt(squares) + MuonCoefficients.EPSILON), u, 0, u);
        for (int i = 0; i < coefficients.iterations(); i++) {
            double[][] gram = product(transposed(x), x);
            double[][] polynomial = combined(MuonCoefficients.B, gram, MuonCoefficients.C, product(gram, gram));
            for (int d = 0; d < polynomial.length; d++) {
                polynomial[d][d] += MuonCoefficients.A;
            }
            x = product(x, polynomial);
        }
        return x;
    }

    private static double[][] transposed(double[][] x) {
        double[][] result = new double[x[0].length][x.length];
        for (int r = 0; r < x.length; r++) {
            for (int c = 0; c < x[0].length; c++) {
                result[c][r] = x[r][c];
            }
        }
        return result;
    }

    private static double[][] product(double[][] x, double[][] y) {
        double[][] result = new double[x.length][y[0].length];
        for (int r = 0; r < x.length; r++) {
            for (int k = 0; k < y.length; k++) {
                for (int c = 0; c < y[0].length; c++) {
                    result[r][c] += x[r][k] * y[k][c];
                }
            }
        }
        return result;
    }

    /** {@code a x + b y}. */
    private static double[][] combined(double a, double[][] x, double b, double[][] y) {
        double[][] result = new double[x.length][x[0].length];
        for (int r = 0; r < x.length; r++) {
            for (int c = 0; c < x[0].length; c++) {
                result[r][c] = a * x[r][c] + b * y[r][c];
            }
        }
        return result;
    }
}
