package org.alluvium.ingest.fasttext;

import java.io.IOException;

/** Every weight as it is. In a file: the numbers of rows and columns as int64, then the weights as float32, row by row. */
final class DenseMatrix implements Matrix {

    private final int columns;
    private final float[] weights;

    DenseMatrix(int columns, float[] weights) {
        this.columns = columns;
        this.weights = weights;
    }

    static DenseMatrix read(ModelInput in) throws IOException {
        int rows = in.count(in.int64(), "a number of rows");
        int columns = in.count(in.int64(), "a number of columns");
        return new DenseMatrix(columns, in.floats(in.count((long) rows * columns, "the size of a matrix")));
    }

    @Override
    public int rows() {
        return columns == 0 ? 0 : weights.length / columns;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void addRow(int row, float[] sum) {
        int start = row * columns;
        for (int i = 0; i < columns; i++) {
            sum[i] += weights[start + i];
        }
    }

    @Override
    public float dot(int row, float[] vector) {
        float product = 0;
        int start = row * columns;
        for (int i = 0; i < columns; i++) {
            product += weights[start + i] * vector[i];
        }
        return product;
    }
}
