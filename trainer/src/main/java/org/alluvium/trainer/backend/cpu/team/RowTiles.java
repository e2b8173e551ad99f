package org.alluvium.trainer.backend.cpu.team;

/**
 * Rows of a matrix in tiles whose heights are powers of two: as many of the largest as fit, then smaller ones from the
 * bits of what is left. So however many different numbers of rows are asked for, few different products are made.
 */
public record RowTiles(int rows, int largest) {

    public int count() {
        return rows / largest + Integer.bitCount(rows % largest);
    }

    public int from(int tile) {
        int whole = rows / largest;
        if (tile <= whole) {
            return tile * largest;
        }
        int left = rows % largest;
        for (int i = whole; i < tile; i++) {
            left -= Integer.highestOneBit(left);
        }
        return rows - left;
    }

    public int height(int tile) {
        int left = rows - from(tile);
        return left >= largest ? largest : Integer.highestOneBit(left);
    }
}
