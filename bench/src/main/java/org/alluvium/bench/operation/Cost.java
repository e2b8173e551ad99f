package org.alluvium.bench.operation;

/**
 * What an operation takes, whoever computes it.
 *
 * @param productFlops multiplications and additions of matrix products; of element-wise work there are next to none
 * @param bytes that it cannot but move: every operand read once, every result written once, both if it is added to
 */
public record Cost(double productFlops, double bytes) {

    /** Of what is not part of a step. */
    public static final Cost NONE = new Cost(0, 0);

    static Cost ofBytes(double bytes) {
        return new Cost(0, bytes);
    }

    Cost plus(Cost other) {
        return new Cost(productFlops + other.productFlops, bytes + other.bytes);
    }
}
