package org.alluvium.trainer.backend.onednn;

/**
 * One call of {@link OneDnn#sgemm}: {@code c = alpha * op(a) op(b) + beta * c}, c being (m,n). With beta 0, c is not read.
 *
 * @param a address
 * @param strideA elements from a row to the next
 */
public record SingleGemm(
        boolean transposeA,
        boolean transposeB,
        long m,
        long n,
        long k,
        float alpha,
        long a,
        long strideA,
        long b,
        long strideB,
        float beta,
        long c,
        long strideC) {}
