package org.alluvium.trainer.backend;

/**
 * One Muon update in the numbers a kernel needs:
 *
 * <pre>
 * g' = g * min(1, maxNorm / norm)                norm from the device; maxNorm 0: no clipping
 * m' = momentum m + (1 - momentum) g'
 * u  = m', or momentum m' + (1 - momentum) g' with nesterov
 * x  = u / (|u| + 1e-7), then so often as {@code iterations} says: x (a I + b x^T x + c (x^T x)^2)
 * w' = w * keep - rate * x                       with cautious, keep counts only where w and x have the same sign or one is 0
 * </pre>
 *
 * @param keep 1 - learning rate * weight decay
 * @param rate learning rate, before the scale of a matrix
 */
public record MuonCoefficients(
        double momentum, boolean nesterov, int iterations, double keep, double rate, boolean cautious, double maxNorm) {

    /**
     * The quintic of Jordan et al. (2024), whose slope at 0 is as large as it can be while every singular value in (0, 1]
     * ends between about 0.7 and 1.2.
     */
    public static final double A = 3.4445;

    public static final double B = -4.7750;
    public static final double C = 2.0315;

    /** Added to the norm that the update is divided by. */
    public static final double EPSILON = 1e-7;

    /** The factor by which a gradient of this squared norm is multiplied. */
    public double clipFactor(double squaredNorm) {
        double norm = Math.sqrt(squaredNorm);
        return maxNorm > 0 && norm > maxNorm ? maxNorm / norm : 1.0;
    }
}
