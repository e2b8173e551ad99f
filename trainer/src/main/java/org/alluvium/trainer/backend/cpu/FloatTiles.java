package org.alluvium.trainer.backend.cpu;

import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/** Products of floats. */
@SuppressWarnings("ArrayRecordComponent") // one of each worker, compared by nobody
record FloatTiles(Gemm[] gemms, int headSize) implements TileProducts {

    @Override
    public ElementType operands() {
        return ElementType.F32;
    }

    @Override
    public void multiply(int worker, Form form, int queries, Matrix a, Matrix b, boolean accumulate, Matrix c) {
        gemms[worker].multiply(form, extent(form, queries, headSize), 1f, a, b, accumulate ? 1f : 0f, c);
    }

    /** The dimensions of a product. */
    static Extent extent(Form form, int queries, int headSize) {
        return switch (form) {
            case NT -> new Extent(AttentionInput.KEYS, queries, headSize);
            case NN -> new Extent(AttentionInput.KEYS, headSize, queries);
            case TN -> new Extent(queries, headSize, AttentionInput.KEYS);
        };
    }
}
