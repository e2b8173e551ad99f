package org.alluvium.ingest.fasttext;

import java.io.IOException;

/**
 * What the codes of a quantized matrix stand for: a row has parts of equal width, but for the last, and each part its own 256
 * centroids. In a file: columns of a row, parts, width and width of the last part as int32, then the centroids as float32, part
 * by part. Immutable.
 */
final class Centroids {

    private static final int CODES = 256;

    private final int columns;
    private final int parts;
    private final int width;
    private final int lastWidth;
    private final float[] values;

    private Centroids(int columns, int parts, int width, int lastWidth, float[] values) {
        this.columns = columns;
        this.parts = parts;
        this.width = width;
        this.lastWidth = lastWidth;
        this.values = values;
    }

    static Centroids read(ModelInput in) throws IOException {
        int columns = in.int32();
        int parts = in.int32();
        int width = in.int32();
        int lastWidth = in.int32();
        boolean fit = parts > 0 && width > 0 && lastWidth > 0 && columns == (parts - 1L) * width + lastWidth;
        if (!fit) {
            throw in.damaged(parts + " parts of " + width + " do not make " + columns + " columns");
        }
        float[] values = in.floats(in.count((long) columns * CODES, "the number of centroids"));
        return new Centroids(columns, parts, width, lastWidth, values);
    }

    int columns() {
        return columns;
    }

    int parts() {
        return parts;
    }

    int width(int part) {
        return part == parts - 1 ? lastWidth : width;
    }

    /** The first column of a part. */
    int column(int part) {
        return part * width;
    }

    /** Where the values of a centroid begin. */
    int offset(int part, byte code) {
        return part * CODES * width + Byte.toUnsignedInt(code) * width(part);
    }

    float value(int offset) {
        return values[offset];
    }
}
