package org.alluvium.ingest.fasttext;

import java.util.Arrays;

/** Rows of weights, one for each feature or label. Immutable. */
sealed interface Matrix permits DenseMatrix, QuantizedMatrix {

    int rows();

    int columns();

    /** Adds a row to {@code sum}. */
    void addRow(int row, float[] sum);

    /** The product of a row and a vector. */
    float dot(int row, float[] vector);

    /** The same with every weight by itself. */
    default DenseMatrix unpacked() {
        float[] weights = new float[Math.multiplyExact(rows(), columns())];
        float[] row = new float[columns()];
        for (int i = 0; i < rows(); i++) {
            Arrays.fill(row, 0);
            addRow(i, row);
            System.arraycopy(row, 0, weights, i * columns(), columns());
        }
        return new DenseMatrix(columns(), weights);
    }
}
