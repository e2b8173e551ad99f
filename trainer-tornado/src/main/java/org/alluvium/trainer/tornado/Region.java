package org.alluvium.trainer.tornado;

import java.util.Objects;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/**
 * Elements of the device's memory. A BF16 element takes as much as any other: what makes it one is that it is rounded when it is
 * stored.
 */
record Region(int offset, int count, ElementType type) implements Tensor {

    @Override
    public long size() {
        return count;
    }

    @Override
    public Region slice(long from, long size) {
        Objects.checkFromIndexSize(from, size, count);
        return new Region(offset + (int) from, (int) size, type);
    }

    /** 1 if what is stored is rounded to BF16, else 0; as kernels take it. */
    int rounded() {
        return type == ElementType.BF16 ? 1 : 0;
    }

    static Region of(Tensor tensor) {
        return (Region) tensor;
    }
}
