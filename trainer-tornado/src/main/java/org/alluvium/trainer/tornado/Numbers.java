package org.alluvium.trainer.tornado;

import java.util.Objects;
import org.alluvium.trainer.backend.Indices;

/** Integers in the device's memory. */
record Numbers(int offset, int size) implements Indices {

    @Override
    public Numbers slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, size);
        return new Numbers(offset + from, count);
    }

    static Numbers of(Indices indices) {
        return (Numbers) indices;
    }

    static int at(Indices indices) {
        return of(indices).offset();
    }
}
