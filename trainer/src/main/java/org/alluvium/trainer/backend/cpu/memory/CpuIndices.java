package org.alluvium.trainer.backend.cpu.memory;

import java.util.Objects;
import org.alluvium.trainer.backend.Indices;

/** A window of a heap array. */
public final class CpuIndices implements Indices {

    private final int[] values;
    private final int offset;
    private final int size;

    public CpuIndices(int size) {
        this(new int[size], 0, size);
    }

    private CpuIndices(int[] values, int offset, int size) {
        this.values = values;
        this.offset = offset;
        this.size = size;
    }

    public static CpuIndices of(Indices indices) {
        return (CpuIndices) indices;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public CpuIndices slice(int from, int length) {
        Objects.checkFromIndexSize(from, length, size);
        return new CpuIndices(values, offset + from, length);
    }

    public int get(int index) {
        return values[offset + index];
    }

    public void write(int[] source, int count) {
        Objects.checkFromIndexSize(0, count, size);
        System.arraycopy(source, 0, values, offset, count);
    }
}
