package org.alluvium.trainer.backend.cpu.product;

import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** A single-threaded matrix product over row-major matrices. The same call gives the same bits on the same machine. */
@FunctionalInterface
public interface Gemm {

    /** {@code c = alpha * op(a) op(b) + beta * c}. With beta 0, c is not read. */
    void multiply(Form form, Extent extent, float alpha, Matrix a, Matrix b, float beta, Matrix c);

    /** Takes what the products of this work need, so that none of them has to. */
    default void reserve(Workload work) {}

    /** What it has taken so far. */
    default long allocatedBytes() {
        return 0;
    }

    /** Which operands are read transposed. */
    enum Form {
        /** c = a b. */
        NN,
        /** c = a b^T. */
        NT,
        /** c = a^T b. */
        TN
    }

    /** c is (m,n), and k is the extent that is summed over. */
    record Extent(int m, int n, int k) {}

    /**
     * A row-major matrix, or a block of a larger one.
     *
     * @param offset of the first element, in elements
     * @param stride elements from a row to the next
     */
    record Matrix(MemorySegment segment, ElementType type, long offset, int stride) {

        public static Matrix of(Tensor tensor, int stride) {
            CpuTensor own = CpuTensor.of(tensor);
            return new Matrix(own.segment(), own.type(), 0, stride);
        }

        public static Matrix floats(MemorySegment segment, long offset, int stride) {
            return new Matrix(segment, ElementType.F32, offset, stride);
        }

        /** The same memory, of as many rows and columns, but of another type. */
        public Matrix as(ElementType other) {
            return new Matrix(segment, other, offset, stride);
        }

        /** The block that begins at this row and column. */
        public Matrix at(long row, long column) {
            return new Matrix(segment, type, offset + row * stride + column, stride);
        }

        public long address() {
            return segment.address() + offset * type.bytes();
        }
    }
}
