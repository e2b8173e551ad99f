package org.alluvium.trainer.backend.cpu;

/** Products of any shape in the Vector API: the right operand is packed for each. An instance serves one thread. */
final class VectorGemm implements Gemm {

    private final PanelProduct product = new PanelProduct();
    private float[] right = new float[0];

    @Override
    public void multiply(Form form, Extent extent, float alpha, Matrix a, Matrix b, float beta, Matrix c) {
        int size = Panels.size(extent.k(), extent.n());
        if (right.length < size) {
            right = new float[size];
        }
        Panels panels = new Panels(extent.k(), extent.n(), right);
        for (int panel = 0; panel < panels.count(); panel++) {
            panels.pack(panel, b, form == Form.NT);
        }
        PanelProduct.Range all = new PanelProduct.Range(panels, 0, panels.count());
        product.multiply(a, form == Form.TN, extent.m(), all, new PanelProduct.Factors(alpha, beta), c);
    }
}
