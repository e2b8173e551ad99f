package org.alluvium.trainer.backend;

/**
 * Floating-point elements in a backend's own memory. Opaque: only the backend that allocated it reads or writes it.
 * Dimensions are arguments of the operations; a tensor knows the number and the type of its elements only.
 */
public interface Tensor {

    /** Number of elements. */
    long size();

    /** How its elements are stored. */
    ElementType type();

    /** A view of {@code size} elements from {@code offset}; both share memory. */
    Tensor slice(long offset, long size);
}
