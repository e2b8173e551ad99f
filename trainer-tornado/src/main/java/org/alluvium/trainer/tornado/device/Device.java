package org.alluvium.trainer.tornado.device;

import java.util.List;

/**
 * Memory and what computes on it. Offsets and counts are elements. One thread uses it at a time.
 *
 * @see org.alluvium.trainer.tornado.kernel.Kernel
 */
public interface Device extends AutoCloseable {

    /** In words, for the start banner. */
    String name();

    /** How much of either memory there may be; what is new is zero and what was there stays. */
    void grow(int elements, int numbers);

    /** Copies tensors in. */
    void write(int offset, float[] source, int count);

    /** Copies indices in. */
    void write(int offset, int[] source, int count);

    /** Copies tensors out, after all runs before. */
    void read(int offset, float[] destination, int count);

    /**
     * Runs kernels in their order.
     *
     * @param program what is compiled; an equal one is compiled once
     * @param arguments of all steps, one after another
     */
    void run(List<Step> program, int[] arguments);

    @Override
    void close();
}
