package org.alluvium.trainer.backend.cpu.product;

import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.product.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.product.Gemm.Form;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;

/** Products of floats. */
@SuppressWarnings("ArrayRecordComponent") // one of each worker, compared by nobody
public record FloatTiles(Gemm[] gemms, int headSize) implements TileProducts {

    @Override
    public ElementType operands() {
        return ElementType.F32;
    }

    @Override
    public void multiply(int worker, Form form, int queries, Matrix a, Matrix b, boolean accumulate, Matrix c) {
        gemms[worker].multiply(form, extent(form, queries, headSize), 1f, a, b, accumulate ? 1f : 0f, c);
    }

    /** The dimensions of a product. */
    public static Extent extent(Form form, int queries, int headSize) {
        return switch (form) {
            case NT -> new Extent(TileProducts.KEYS, queries, headSize);
            case NN -> new Extent(TileProducts.KEYS, headSize, queries);
            case TN -> new Extent(queries, headSize, TileProducts.KEYS);
        };
    }
}
