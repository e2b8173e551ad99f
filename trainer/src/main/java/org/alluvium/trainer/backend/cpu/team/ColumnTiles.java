package org.alluvium.trainer.backend.cpu.team;

/** Columns of a matrix in equal tiles of a multiple of {@value #UNIT}, the last of which may be narrower. */
public record ColumnTiles(int columns, int width) {

    private static final int UNIT = 64;

    /** As few tiles of at most {@code widest} columns as there can be. */
    public static ColumnTiles atMost(int widest, int columns) {
        int count = Math.ceilDiv(columns, widest);
        return new ColumnTiles(columns, Math.ceilDiv(Math.ceilDiv(columns, count), UNIT) * UNIT);
    }

    public int count() {
        return Math.ceilDiv(columns, width);
    }

    public int from(int tile) {
        return tile * width;
    }

    public int width(int tile) {
        return Math.min(width, columns - from(tile));
    }
}
