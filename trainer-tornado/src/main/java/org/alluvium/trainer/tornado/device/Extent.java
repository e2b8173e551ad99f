package org.alluvium.trainer.tornado.device;

/**
 * How much a kernel computes.
 *
 * @param items iterations of its parallel loop
 * @param width of a row, or 0
 * @param depth of a sum, or 0
 */
public record Extent(int items, int width, int depth) {

    /** Of elements. */
    public static Extent of(int items) {
        return new Extent(items, 0, 0);
    }

    /** Of elements in rows, or of rows. */
    public static Extent of(int items, int width) {
        return new Extent(items, width, 0);
    }
}
