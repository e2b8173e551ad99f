package org.alluvium.trainer.backend.onednn;

import org.alluvium.trainer.backend.ElementType;

/**
 * How a plain matrix lies in memory.
 *
 * @param rowStride elements from a row to the next
 * @param columnStride elements from a column to the next; one of the two strides is 1
 */
public record Strided(ElementType type, long rowStride, long columnStride) {

    /** Rows one after another. */
    public static Strided rowMajor(ElementType type, long rowStride) {
        return new Strided(type, rowStride, 1);
    }

    /** The transpose of {@link #rowMajor}. */
    public static Strided columnMajor(ElementType type, long columnStride) {
        return new Strided(type, 1, columnStride);
    }
}
