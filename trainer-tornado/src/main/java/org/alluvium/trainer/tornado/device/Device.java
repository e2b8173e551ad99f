package org.alluvium.trainer.tornado.device;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;

/**
 * Memory and what computes on it. One thread uses it at a time.
 *
 * @see org.alluvium.trainer.tornado.kernel.Kernel
 */
public interface Device extends AutoCloseable {

    /** In words, for the start banner. */
    String name();

    /** What it is, if it is not this process. */
    Optional<DeviceInfo> description();

    /** The memory that it has, if it is not this process's. */
    Optional<DeviceMemory> memory();

    /** How many elements either memory has at least; what is new is zero and what was there stays. */
    void grow(int elements, int numbers);

    /**
     * Runs kernels in their order.
     *
     * @param program what is compiled; an equal one is compiled once
     * @param arguments of all steps, one after another: integers in the machine's byte order
     * @param reals of all steps, one after another: floats in the machine's byte order
     * @return the reals after the run, valid until the next one; as they were if no step sends any
     */
    MemorySegment run(List<Step> program, MemorySegment arguments, MemorySegment reals);

    @Override
    void close();
}
