package org.alluvium.trainer.backend.cpu.library;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.product.FloatTiles;
import org.alluvium.trainer.backend.cpu.product.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.product.Gemm.Form;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.TileProducts;
import org.alluvium.trainer.backend.onednn.OneDnn;
import org.alluvium.trainer.backend.onednn.Product;
import org.alluvium.trainer.backend.onednn.Strided;

/**
 * Products of BF16 by oneDNN, which sums in FP32. As tiles are always whole there are few different ones, which are all made
 * at once: for operands as they lie in tensors, or as copies where a row of the batch does not fill its last tile.
 */
final class RoundedTiles implements TileProducts {

    private static final int QUERIES = TileProducts.QUERIES;

    private final Map<Key, Product> products = new HashMap<>();

    private record Key(Form form, int queries, int strideA, int strideB, boolean accumulate) {}

    /** For all shapes with heads of this size in rows of these widths. */
    RoundedTiles(OneDnn library, AttentionShape shape) {
        int copied = shape.headSize();
        List<Integer> packed = List.of(shape.packedWidth(), copied);
        List<Integer> outputs = List.of(shape.outputWidth(), copied);
        for (int queries = TileProducts.KEYS; queries <= QUERIES; queries += TileProducts.KEYS) {
            for (int ofKeys : packed) {
                make(library, copied, new Key(Form.TN, queries, QUERIES, ofKeys, false));
                make(library, copied, new Key(Form.TN, queries, QUERIES, ofKeys, true));
                make(library, copied, new Key(Form.NN, queries, QUERIES, ofKeys, true)); // the same for queries
                for (int ofQueries : packed) {
                    make(library, copied, new Key(Form.NT, queries, ofKeys, ofQueries, false));
                }
                for (int ofOutputs : outputs) {
                    make(library, copied, new Key(Form.NT, queries, ofKeys, ofOutputs, false));
                }
            }
            for (int ofOutputs : outputs) {
                make(library, copied, new Key(Form.NN, queries, QUERIES, ofOutputs, true));
            }
        }
    }

    private void make(OneDnn library, int headSize, Key key) {
        ElementType type = ElementType.BF16;
        Extent extent = FloatTiles.extent(key.form(), key.queries(), headSize);
        Strided a = key.form() == Form.TN
                ? Strided.columnMajor(type, key.strideA())
                : Strided.rowMajor(type, key.strideA());
        Strided b = key.form() == Form.NT
                ? Strided.columnMajor(type, key.strideB())
                : Strided.rowMajor(type, key.strideB());
        Strided c = Strided.rowMajor(ElementType.F32, key.form() == Form.NT ? QUERIES : headSize);
        products.put(key, library.product(extent.m(), extent.n(), extent.k(), a, b, c, key.accumulate()));
    }

    @Override
    public ElementType operands() {
        return ElementType.BF16;
    }

    @Override
    public void multiply(int worker, Form form, int queries, Matrix a, Matrix b, boolean accumulate, Matrix c) {
        Product product = products.get(new Key(form, queries, a.stride(), b.stride(), accumulate));
        Objects.requireNonNull(product, "a product of attention that was not foreseen")
                .run(worker, a.address(), b.address(), c.address());
    }
}
