package org.alluvium.trainer.backend.cpu.product;

import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.product.Gemm.Form;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;

/**
 * The products of one tile of attention, {@value #KEYS} keys by so many queries, for any worker of the team.
 * The same call gives the same bits, whichever worker makes it.
 */
public interface TileProducts {

    /** Queries of a block, a multiple of {@link #KEYS} and of every vector length. */
    int QUERIES = 128;

    /** Keys of a tile; two tiles of scores and their operands fit a core's own cache. */
    int KEYS = 64;

    /** What both operands hold; results are F32. */
    ElementType operands();

    /**
     * {@code c = op(a) op(b)}, or {@code +=}.
     *
     * @param form NT for a tile (keys, queries) of inner products, NN for what a tile gives to its keys, TN for what it gives
     *     to its queries
     * @param queries {@link #QUERIES} or, behind blind ones, a part of them
     */
    void multiply(int worker, Form form, int queries, Matrix a, Matrix b, boolean accumulate, Matrix c);
}
