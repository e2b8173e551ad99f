package org.alluvium.trainer.backend.cpu;

/**
 * Rows of a matrix in tiles whose heights are powers of two: as many of the largest as fit, then smaller ones from the
 * bits of what is left. So however many different numbers of rows are asked for, few different products are made.
 */
record RowTiles(int rows, int largest) {

    int count() {
        return rows / largest + Integer.bitCount(rows % largest);
    }

    int from(int tile) {
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

    int height(int tile) {
        int left = rows - from(tile);
        return left >= largest ? largest : Integer.highestOneBit(left);
    }
}
