package org.alluvium.trainer.tornado.kernel.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What is asked of cuBLAS, taken by its documentation, on operands of every layout. */
class LibraryProductsTest {

    private static final int ROWS = 5;
    private static final int COLUMNS = 3;
    private static final int DEPTH = 7;
    private static final int OUTPUT = 100; // where it begins; x begins at 0 and y at 50
    private static final int Y = 50;

    @Test
    void rowsByRowsAreTheProduct() {
        requireProduct(0, DEPTH, 1, DEPTH, 1);
    }

    @Test
    void operandsMayLieInColumns() {
        requireProduct(0, DEPTH, 1, 1, COLUMNS);
        requireProduct(0, 1, ROWS, 1, COLUMNS);
    }

    @Test
    void aProductMayBeAdded() {
        requireProduct(1, DEPTH, 1, DEPTH, 1);
    }

    @Test
    void aRoundedProductIsTheProductToEightBits() {
        FloatArray memory = random();
        FloatArray expected = random();
        IntArray arguments = IntArray.fromElements(OUTPUT, 0, 1, ROWS, Y, 1, COLUMNS, 1, DEPTH);
        Products.product(expected, new IntArray(1), arguments, new FloatArray(1), 0, 0, ROWS * COLUMNS, COLUMNS, DEPTH);
        BFloat16Array x = new BFloat16Array(ROWS * DEPTH);
        BFloat16Array y = new BFloat16Array(COLUMNS * DEPTH);
        BFloat16Array product = new BFloat16Array(ROWS * COLUMNS);
        RoundedLibraryProducts.round(memory, arguments, x, 1, ROWS * DEPTH, DEPTH);
        RoundedLibraryProducts.round(memory, arguments, y, 4, COLUMNS * DEPTH, DEPTH);
        multiplyAsDocumented("cublasGemmExBF16", RoundedLibraryProducts.multiply(x, y, product, ROWS, COLUMNS, DEPTH));
        RoundedLibraryProducts.widen(memory, arguments, product, 0, ROWS * COLUMNS);
        for (int i = 0; i < memory.getSize(); i++) {
            boolean written = i >= OUTPUT && i < OUTPUT + ROWS * COLUMNS;
            assertThat(memory.get(i)).as("element %s", i).isCloseTo(expected.get(i), within(written ? 3e-2f : 0f));
        }
    }

    private static void requireProduct(int accumulate, int xStride, int xStep, int yStride, int yStep) {
        FloatArray memory = random();
        FloatArray expected = random();
        IntArray arguments = IntArray.fromElements(OUTPUT, 0, xStride, xStep, Y, yStride, yStep, accumulate, DEPTH);
        Products.product(expected, new IntArray(1), arguments, new FloatArray(1), 0, 0, ROWS * COLUMNS, COLUMNS, DEPTH);
        FloatArray x = new FloatArray(ROWS * DEPTH);
        FloatArray y = new FloatArray(COLUMNS * DEPTH);
        FloatArray product = new FloatArray(ROWS * COLUMNS);
        LibraryProducts.gather(memory, arguments, x, 1, ROWS * DEPTH, DEPTH);
        LibraryProducts.gather(memory, arguments, y, 4, COLUMNS * DEPTH, DEPTH);
        multiplyAsDocumented("cublasSgemm", LibraryProducts.multiply(x, y, product, ROWS, COLUMNS, DEPTH));
        LibraryProducts.scatter(memory, arguments, product, 0, ROWS * COLUMNS);
        for (int i = 0; i < memory.getSize(); i++) {
            assertThat(memory.get(i)).as("element %s", i).isCloseTo(expected.get(i), within(1e-5f));
        }
    }

    /** {@code C = alpha op(A) op(B) + beta C} of matrices whose columns lie one after another. */
    private static void multiplyAsDocumented(String function, LibraryTaskDescriptor call) {
        assertThat(call.getFunctionName()).isEqualTo(function);
        Object[] p = call.getParameters();
        assertThat(p[5]).isEqualTo(1f);
        assertThat(p[10]).isEqualTo(0f);
        for (int row = 0; row < (int) p[2]; row++) {
            for (int column = 0; column < (int) p[3]; column++) {
                float sum = 0;
                for (int k = 0; k < (int) p[4]; k++) {
                    sum += element(p[0], p[6], p[7], row, k) * element(p[1], p[8], p[9], k, column);
                }
                set(p[11], column * (int) p[12] + row, sum);
            }
        }
    }

    private static float element(Object operation, Object matrix, Object pitch, int row, int column) {
        boolean transposed = (int) operation == 1;
        int place = transposed ? row * (int) pitch + column : column * (int) pitch + row;
        return matrix instanceof BFloat16Array rounded ? rounded.getFloat(place) : ((FloatArray) matrix).get(place);
    }

    private static void set(Object matrix, int place, float value) {
        if (matrix instanceof BFloat16Array rounded) {
            rounded.setFloat(place, value);
        } else {
            ((FloatArray) matrix).set(place, value);
        }
    }

    private static FloatArray random() {
        SplittableRandom random = new SplittableRandom(1);
        FloatArray values = new FloatArray(OUTPUT + ROWS * COLUMNS + 1);
        for (int i = 0; i < values.getSize(); i++) {
            values.set(i, (float) random.nextDouble(-1, 1));
        }
        return values;
    }
}
