package org.alluvium.trainer.backend.cpu;

/** Columns of a matrix in equal tiles of a multiple of {@value #UNIT}, the last of which may be narrower. */
record ColumnTiles(int columns, int width) {

    private static final int UNIT = 64;

    /** As few tiles of at most {@code widest} columns as there can be. */
    static ColumnTiles atMost(int widest, int columns) {
        int count = Math.ceilDiv(columns, widest);
        return new ColumnTiles(columns, Math.ceilDiv(Math.ceilDiv(columns, count), UNIT) * UNIT);
    }

    int count() {
        return Math.ceilDiv(columns, width);
    }

    int from(int tile) {
        return tile * width;
    }

    int width(int tile) {
        return Math.min(width, columns - from(tile));
    }
}
