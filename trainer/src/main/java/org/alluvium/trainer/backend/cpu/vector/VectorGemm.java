package org.alluvium.trainer.backend.cpu.vector;

import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.product.TileProducts;

/** Products of any shape in the Vector API: the right operand is packed for each. An instance serves one thread. */
final class VectorGemm implements Gemm {

    private final PanelProduct product = new PanelProduct();
    private float[] right = new float[0];

    /** What an instance takes for this work. */
    static long bytes(Workload work) {
        return Float.BYTES * (long) rightSize(work) + PanelProduct.bytes();
    }

    /** Of the largest right operand: a tile of attention's, or a matrix that Muon updates, or its Gram matrix. */
    private static int rightSize(Workload work) {
        int headSize = work.attention().headSize();
        int attention =
                Math.max(Panels.size(headSize, TileProducts.QUERIES), Panels.size(TileProducts.QUERIES, headSize));
        return work.muon().stream()
                .mapToInt(matrix -> {
                    int side = Math.min(matrix.out(), matrix.in());
                    return Math.max(
                            Panels.size(Math.max(matrix.out(), matrix.in()), side), Panels.size(side, matrix.in()));
                })
                .reduce(attention, Math::max);
    }

    @Override
    public void reserve(Workload work) {
        roomForRight(rightSize(work));
    }

    private float[] roomForRight(int size) {
        if (right.length < size) {
            right = new float[size];
        }
        return right;
    }

    @Override
    public long allocatedBytes() {
        return Float.BYTES * (long) right.length + PanelProduct.bytes();
    }

    @Override
    public void multiply(Form form, Extent extent, float alpha, Matrix a, Matrix b, float beta, Matrix c) {
        int size = Panels.size(extent.k(), extent.n());
        Panels panels = new Panels(extent.k(), extent.n(), roomForRight(size));
        for (int panel = 0; panel < panels.count(); panel++) {
            panels.pack(panel, b, form == Form.NT);
        }
        PanelProduct.Range all = new PanelProduct.Range(panels, 0, panels.count());
        product.multiply(a, form == Form.TN, extent.m(), all, new PanelProduct.Factors(alpha, beta), c);
    }
}
