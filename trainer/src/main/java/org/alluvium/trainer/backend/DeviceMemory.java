package org.alluvium.trainer.backend;

/**
 * The memory of a device, where a backend keeps tensors, indices and what it takes besides.
 *
 * @param bytes that it can keep there
 * @param limit what sets that limit, as a clause for people
 * @param hostCopies how often what lies there takes memory of this process as well: 0 for a device with memory of its own
 */
public record DeviceMemory(long bytes, String limit, int hostCopies) {}
