package org.alluvium.trainer.tornado.kernel.product;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix products by NVIDIA's cuBLAS, in FP32. It takes whole arrays, so that operands are copied out of the one memory, row by row
 * along the sum, and the product back into it. <strong>Not verified</strong>: no NVIDIA device was at hand; what is tested is that the
 * call means the product by cuBLAS's documentation.
 */
public final class LibraryProducts {

    /** Tasks of a product. */
    public static final int TASKS = 4;

    private static final String LIBRARY = "nvidia/cublas";
    private static final int AS_IT_IS = 0; // of cublasOperation_t
    private static final int TRANSPOSED = 1;
    private static final int PRODUCT_PARAMETER = 11;

    private LibraryProducts() {}

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
        FloatArray x = new FloatArray(rows * depth);
        FloatArray y = new FloatArray(width * depth);
        FloatArray product = new FloatArray(items);
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y, product)
                .task(name + "X", LibraryProducts::gather, memory, arguments, x, at + 1, rows * depth, depth)
                .task(name + "Y", LibraryProducts::gather, memory, arguments, y, at + 4, width * depth, depth)
                .libraryTask(name, LibraryProducts::multiply, x, y, product, rows, width, depth)
                .task(name + "Z", LibraryProducts::scatter, memory, arguments, product, at, items);
    }

    /** Copies an operand, whose place and strides are arguments, to {@code matrix (items / depth, depth)}. */
    static void gather(FloatArray memory, IntArray arguments, FloatArray matrix, int operand, int items, int depth) {
        int from = arguments.get(operand);
        int stride = arguments.get(operand + 1);
        int step = arguments.get(operand + 2);
        for (@Parallel int i = 0; i < items; i++) {
            matrix.set(i, memory.get(from + i / depth * stride + i % depth * step));
        }
    }

    /** Copies a product to where it belongs, or adds it. */
    static void scatter(FloatArray memory, IntArray arguments, FloatArray product, int at, int items) {
        int output = arguments.get(at);
        int accumulate = arguments.get(at + 7);
        for (@Parallel int i = 0; i < items; i++) {
            float old = accumulate == 1 ? memory.get(output + i) : 0f;
            memory.set(output + i, old + product.get(i));
        }
    }

    /**
     * {@code product = x yᵀ} of {@code x (rows,depth)} and {@code y (columns,depth)}. cuBLAS has columns where we have rows: it sees all
     * three transposed, so that it is asked for {@code productᵀ = y xᵀ}.
     */
    static LibraryTaskDescriptor multiply(
            FloatArray x, FloatArray y, FloatArray product, Integer rows, Integer columns, Integer depth) {
        return call("cublasSgemm", x, y, product, rows, columns, depth);
    }

    /** As {@link #multiply}, by a function whose parameters are those of the product of FP32, of arrays of its own type. */
    static LibraryTaskDescriptor call(
            String function, Object x, Object y, Object product, int rows, int columns, int depth) {
        Object[] parameters = {TRANSPOSED, AS_IT_IS, columns, rows, depth, 1f, y, depth, x, depth, 0f, product, columns
        };
        Access[] access = new Access[parameters.length];
        Arrays.fill(access, Access.READ_ONLY);
        access[PRODUCT_PARAMETER] = Access.WRITE_ONLY;
        return new LibraryTaskDescriptor()
                .withLibrary(LIBRARY)
                .withFunction(function)
                .withParameters(parameters)
                .withAccess(access);
    }
}
