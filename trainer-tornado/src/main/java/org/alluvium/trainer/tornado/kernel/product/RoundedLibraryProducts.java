package org.alluvium.trainer.tornado.kernel.product;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix products by NVIDIA's cuBLAS, of operands that are rounded to BF16 as they are copied out of the one memory. Sums are FP32, the
 * product is rounded once, as in other frameworks' mixed precision; the master weights and what a product is added to stay FP32.
 * <strong>Not verified</strong>, as {@link LibraryProducts} is not. Only CUDA can convert these types.
 */
public final class RoundedLibraryProducts {

    private RoundedLibraryProducts() {}

    /** Adds the tasks of a product, whose arguments are those of {@link Products#product}. */
    public static void add(
            TaskGraph graph,
            String name,
            FloatArray memory,
            IntArray arguments,
            int at,
            int items,
            int width,
            int depth) {
        int rows = items / width;
        BFloat16Array x = new BFloat16Array(rows * depth);
        BFloat16Array y = new BFloat16Array(width * depth);
        BFloat16Array product = new BFloat16Array(items);
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y, product)
                .task(name + "X", RoundedLibraryProducts::round, memory, arguments, x, at + 1, rows * depth, depth)
                .task(name + "Y", RoundedLibraryProducts::round, memory, arguments, y, at + 4, width * depth, depth)
                .libraryTask(name, RoundedLibraryProducts::multiply, x, y, product, rows, width, depth)
                .task(name + "Z", RoundedLibraryProducts::widen, memory, arguments, product, at, items);
    }

    /** As {@link LibraryProducts#gather}, rounding. */
    static void round(FloatArray memory, IntArray arguments, BFloat16Array matrix, int operand, int items, int depth) {
        int from = arguments.get(operand);
        int stride = arguments.get(operand + 1);
        int step = arguments.get(operand + 2);
        for (@Parallel int i = 0; i < items; i++) {
            float value = memory.get(from + i / depth * stride + i % depth * step);
            matrix.set(i, BFloat16.bf16FromFloat(value));
        }
    }

    /** As {@link LibraryProducts#scatter}. */
    static void widen(FloatArray memory, IntArray arguments, BFloat16Array product, int at, int items) {
        int output = arguments.get(at);
        int accumulate = arguments.get(at + 7);
        for (@Parallel int i = 0; i < items; i++) {
            float old = accumulate == 1 ? memory.get(output + i) : 0f;
            memory.set(output + i, old + BFloat16.bf16ToFloat(product.get(i)));
        }
    }

    /** As {@link LibraryProducts#multiply}. */
    static LibraryTaskDescriptor multiply(
            BFloat16Array x, BFloat16Array y, BFloat16Array product, Integer rows, Integer columns, Integer depth) {
        return LibraryProducts.call("cublasGemmExBF16", x, y, product, rows, columns, depth);
    }
}
