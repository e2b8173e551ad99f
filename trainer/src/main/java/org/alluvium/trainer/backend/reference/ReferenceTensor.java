package org.alluvium.trainer.backend.reference;

import java.util.Objects;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/** A window of a heap array of doubles that rounds what is stored: F32 to its precision, BF16 as {@link ElementType} does. */
public final class ReferenceTensor implements Tensor {

    private final double[] values;
    private final int offset;
    private final int size;
    private final Precision precision;
    private final ElementType type;

    ReferenceTensor(int size, Precision precision, ElementType type) {
        this(new double[size], 0, size, precision, type);
    }

    private ReferenceTensor(double[] values, int offset, int size, Precision precision, ElementType type) {
        this.values = values;
        this.offset = offset;
        this.size = size;
        this.precision = precision;
        this.type = type;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public ReferenceTensor slice(long from, long length) {
        Objects.checkFromIndexSize(from, length, size);
        return new ReferenceTensor(values, offset + (int) from, (int) length, precision, type);
    }

    public double get(int index) {
        return values[offset + Objects.checkIndex(index, size)];
    }

    public void set(int index, double value) {
        values[offset + Objects.checkIndex(index, size)] =
                type == ElementType.F32 ? precision.round(value) : type.round((float) value);
    }

    void add(int index, double value) {
        set(index, get(index) + value);
    }
}
