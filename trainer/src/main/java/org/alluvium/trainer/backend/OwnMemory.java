package org.alluvium.trainer.backend;

/**
 * Bytes that a backend takes where its tensors lie, besides tensors and indices.
 *
 * @param weightBytes of every {@link Weight}
 * @param scratchBytes of what operations need while they run
 */
public record OwnMemory(long weightBytes, long scratchBytes) {

    /** Of a backend that takes nothing worth counting. */
    public static final OwnMemory NONE = new OwnMemory(0, 0);

    public long totalBytes() {
        return weightBytes + scratchBytes;
    }
}
