package org.alluvium.trainer.backend.reference;

import java.util.Objects;
import org.alluvium.trainer.backend.Tensor;

/** A window of a heap array of doubles that rounds what is stored to its precision. */
public final class ReferenceTensor implements Tensor {

    private final double[] values;
    private final int offset;
    private final int size;
    private final Precision precision;

    ReferenceTensor(int size, Precision precision) {
        this(new double[size], 0, size, precision);
    }

    private ReferenceTensor(double[] values, int offset, int size, Precision precision) {
        this.values = values;
        this.offset = offset;
        this.size = size;
        this.precision = precision;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ReferenceTensor slice(long from, long length) {
        Objects.checkFromIndexSize(from, length, size);
        return new ReferenceTensor(values, offset + (int) from, (int) length, precision);
    }

    public double get(int index) {
        return values[offset + Objects.checkIndex(index, size)];
    }

    public void set(int index, double value) {
        values[offset + Objects.checkIndex(index, size)] = precision.round(value);
    }

    void add(int index, double value) {
        set(index, get(index) + value);
    }
}
