package org.alluvium.trainer.backend.reference;

import java.util.Objects;
import org.alluvium.trainer.backend.Indices;

/** A window of a heap array of ints. */
final class ReferenceIndices implements Indices {

    private final int[] values;
    private final int offset;
    private final int size;

    ReferenceIndices(int size) {
        this(new int[size], 0, size);
    }

    private ReferenceIndices(int[] values, int offset, int size) {
        this.values = values;
        this.offset = offset;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ReferenceIndices slice(int from, int length) {
        Objects.checkFromIndexSize(from, length, size);
        return new ReferenceIndices(values, offset + from, length);
    }

    int get(int index) {
        return values[offset + Objects.checkIndex(index, size)];
    }

    void set(int index, int value) {
        values[offset + Objects.checkIndex(index, size)] = value;
    }
}
