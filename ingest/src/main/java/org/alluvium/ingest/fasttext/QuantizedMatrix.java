package org.alluvium.ingest.fasttext;

import java.io.IOException;

/**
 * Each row as a code for each of its parts, which names one of 256 centroids, times a norm that may be coded in the same way
 * (product quantization, Jégou et al. 2011). In a file: whether norms are apart as one byte, the numbers of rows and columns as
 * int64, the number of codes as int32, the codes row by row, their centroids; where norms are apart a code for each row, and the
 * centroids of those.
 */
final class QuantizedMatrix implements Matrix {

    private final int rows;
    private final byte[] codes;
    private final Centroids centroids;
    private final float[] norms;

    private QuantizedMatrix(int rows, byte[] codes, Centroids centroids, float[] norms) {
        this.rows = rows;
        this.codes = codes;
        this.centroids = centroids;
        this.norms = norms;
    }

    static QuantizedMatrix read(ModelInput in) throws IOException {
        boolean normsApart = in.bool();
        int rows = in.count(in.int64(), "a number of rows");
        int columns = in.count(in.int64(), "a number of columns");
        byte[] codes = in.bytes(in.count(in.int32(), "a number of codes"));
        Centroids centroids = Centroids.read(in);
        if (codes.length != (long) rows * centroids.parts() || centroids.columns() != columns) {
            throw in.damaged("codes and centroids do not fit " + rows + " rows of " + columns);
        }
        return new QuantizedMatrix(rows, codes, centroids, normsApart ? norms(in, rows) : new float[0]);
    }

    private static float[] norms(ModelInput in, int rows) throws IOException {
        byte[] codes = in.bytes(rows);
        Centroids centroids = Centroids.read(in);
        float[] norms = new float[rows];
        for (int i = 0; i < rows; i++) {
            norms[i] = centroids.value(centroids.offset(0, codes[i]));
        }
        return norms;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return centroids.columns();
    }

    @Override
    public void addRow(int row, float[] sum) {
        float norm = norm(row);
        for (int part = 0; part < centroids.parts(); part++) {
            int from = centroids.offset(part, codes[row * centroids.parts() + part]);
            int column = centroids.column(part);
            for (int i = 0; i < centroids.width(part); i++) {
                sum[column + i] += norm * centroids.value(from + i);
            }
        }
    }

    @Override
    public float dot(int row, float[] vector) {
        float product = 0;
        for (int part = 0; part < centroids.parts(); part++) {
            int from = centroids.offset(part, codes[row * centroids.parts() + part]);
            int column = centroids.column(part);
            for (int i = 0; i < centroids.width(part); i++) {
                product += centroids.value(from + i) * vector[column + i];
            }
        }
        return norm(row) * product;
    }

    private float norm(int row) {
        return norms.length == 0 ? 1 : norms[row];
    }
}
