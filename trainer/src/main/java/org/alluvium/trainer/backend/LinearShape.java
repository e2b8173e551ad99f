package org.alluvium.trainer.backend;

/**
 * Dimensions of a linear layer without bias.
 *
 * @param rows N, rows of input and output
 * @param in width of an input row
 * @param out width of an output row
 */
public record LinearShape(int rows, int in, int out) {

    /** Multiplications and additions of one of its three products. */
    public long flops() {
        return 2L * rows * in * out;
    }
}
