package org.alluvium.trainer.backend;

/** Integers in a backend's own memory: token ids, targets, document boundaries. */
public interface Indices {

    /** Number of elements. */
    int size();

    /** A view of {@code size} elements from {@code offset}; both share memory. */
    Indices slice(int offset, int size);
}
