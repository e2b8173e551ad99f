package org.alluvium.trainer.backend;

/**
 * Dimensions of causal self-attention over a packed projection. A row of the packed projection holds the H query heads,
 * then the G key heads, then the G value heads, each D wide; query head h reads key and value head {@code h / (H / G)}.
 *
 * @param rows B
 * @param context T
 * @param heads H
 * @param kvHeads G; divides H
 * @param headSize D; even
 */
public record AttentionShape(int rows, int context, int heads, int kvHeads, int headSize) {

    /** B * T. */
    public int tokens() {
        return rows * context;
    }

    /** Width of a packed row, (H + 2G) * D. */
    public int packedWidth() {
        return (heads + 2 * kvHeads) * headSize;
    }

    /** Width of an output row, H * D. */
    public int outputWidth() {
        return heads * headSize;
    }

    /** Query heads that share a key and value head. */
    public int group() {
        return heads / kvHeads;
    }

    /** Where key head {@code g} begins in a packed row. */
    public int keyOffset(int g) {
        return (heads + g) * headSize;
    }

    /** Where value head {@code g} begins in a packed row. */
    public int valueOffset(int g) {
        return (heads + kvHeads + g) * headSize;
    }
}
