package org.alluvium.trainer.backend.onednn;

/** A single-threaded matrix product of one shape. The same operands give the same bits, whichever worker runs it. */
public final class Product {

    private static final int A = 1;
    private static final int B = 33;
    private static final int C = 17;

    private final Execution matmul;

    record Key(int m, Strided a, Packing b, Strided c, boolean accumulate) {}

    /** What tells plain products apart. */
    record PlainKey(int m, int n, int k, Strided a, Strided b, Strided c, boolean accumulate) {}

    Product(OneDnn owner, Key key) {
        Descriptors descriptors = new Descriptors(owner.functions());
        long a = descriptors.strided(key.m(), key.b().k(), key.a());
        long c = descriptors.strided(key.m(), key.b().n(), key.c());
        matmul = matmul(owner, descriptors, new long[] {a, key.b().layout(), c}, key.accumulate());
        descriptors.destroy("memory_desc", a);
        descriptors.destroy("memory_desc", c);
    }

    Product(OneDnn owner, PlainKey key) {
        Descriptors descriptors = new Descriptors(owner.functions());
        long a = descriptors.strided(key.m(), key.k(), key.a());
        long b = descriptors.strided(key.k(), key.n(), key.b());
        long c = descriptors.strided(key.m(), key.n(), key.c());
        long[] layouts = {a, b, c};
        matmul = matmul(owner, descriptors, layouts, key.accumulate());
        for (long layout : layouts) {
            descriptors.destroy("memory_desc", layout);
        }
    }

    private static Execution matmul(OneDnn owner, Descriptors descriptors, long[] layouts, boolean accumulate) {
        long product = descriptors.matmul(owner.engine(), layouts[0], layouts[1], layouts[2], accumulate);
        return new Execution(owner, product, new int[] {A, B, C}, layouts);
    }

    /** Multiplies; the operands are addresses, b that of an operand that is packed if the product was made for that. */
    public void run(int worker, long a, long b, long c) {
        matmul.run(worker, a, b, c);
    }
}
