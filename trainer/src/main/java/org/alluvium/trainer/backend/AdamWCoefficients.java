package org.alluvium.trainer.backend;

/**
 * One AdamW update in the numbers a kernel needs:
 *
 * <pre>
 * g' = g * min(1, maxNorm / norm)            norm from the device; maxNorm 0: no clipping
 * m' = beta1 m + (1 - beta1) g'
 * v' = beta2 v + (1 - beta2) g'^2
 * w' = w * keep - rate * m' / (sqrt(v') * rootScale + epsilon)
 * </pre>
 *
 * @param keep 1 - learning rate * weight decay
 * @param rate learning rate / (1 - beta1^number)
 * @param rootScale 1 / sqrt(1 - beta2^number)
 * @param cautious keep counts only where w and m' have the same sign or one is 0; elsewhere it is 1
 */
public record AdamWCoefficients(
        double beta1,
        double beta2,
        double epsilon,
        double keep,
        double rate,
        double rootScale,
        boolean cautious,
        double maxNorm) {

    /** The factor by which a gradient of this squared norm is multiplied. */
    public double clipFactor(double squaredNorm) {
        double norm = Math.sqrt(squaredNorm);
        return maxNorm > 0 && norm > maxNorm ? maxNorm / norm : 1.0;
    }
}
