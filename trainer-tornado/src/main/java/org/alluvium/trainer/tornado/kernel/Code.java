package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task10;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How a kernel is spread over a device. Parameters are those of {@link Kernel}. */
public sealed interface Code {

    /**
     * A loop marked {@code @Parallel}, whose iterations the device spreads over its threads as it likes.
     *
     * @param method a reference to a static method, as a task graph takes it
     */
    record Loop(Task9<FloatArray, IntArray, IntArray, FloatArray, Integer, Integer, Integer, Integer, Integer> method)
            implements Code {}

    /**
     * Groups of threads that share local memory and wait for each other. Plain Java cannot run them.
     *
     * @param method a reference to a static method, as a task graph takes it
     * @param threads of a group
     * @param grid how many groups there are
     * @param meaning what computes the same from the same arguments and extent as a loop
     */
    record Groups(
            Task10<
                            KernelContext,
                            FloatArray,
                            IntArray,
                            IntArray,
                            FloatArray,
                            Integer,
                            Integer,
                            Integer,
                            Integer,
                            Integer>
                    method,
            int threads,
            Grid grid,
            Loop meaning)
            implements Code {}

    /**
     * A product by a library of the device's maker.
     *
     * @param meaning what computes the same from the same arguments and extent as a loop
     * @param rounds whether operands and the product are BF16, so that it is the same to eight bits only
     * @see org.alluvium.trainer.tornado.kernel.product.LibraryProducts
     */
    record Library(Loop meaning, boolean rounds) implements Code {}

    /** The number of groups. */
    @FunctionalInterface
    interface Grid {
        int groups(int items, int width, int depth);
    }
}
