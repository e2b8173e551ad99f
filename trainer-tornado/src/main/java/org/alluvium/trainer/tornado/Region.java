package org.alluvium.trainer.tornado;

import java.util.Objects;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/** Elements of the device's memory. */
record Region(int offset, int count) implements Tensor {

    @Override
    public long size() {
        return count;
    }

    @Override
    public ElementType type() {
        return ElementType.F32;
    }

    @Override
    public Region slice(long from, long size) {
        Objects.checkFromIndexSize(from, size, count);
        return new Region(offset + (int) from, (int) size);
    }

    static Region of(Tensor tensor) {
        return (Region) tensor;
    }

    /** Where a tensor begins. */
    static int at(Tensor tensor) {
        return of(tensor).offset();
    }
}
