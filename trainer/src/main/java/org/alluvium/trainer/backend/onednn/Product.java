package org.alluvium.trainer.backend.onednn;

/** A single-threaded matrix product of one shape. The same operands give the same bits, whichever worker runs it. */
public final class Product {

    private static final int A = 1;
    private static final int B = 33;
    private static final int C = 17;

    private final Execution matmul;

    record Key(int m, Strided a, Packing b, Strided c, boolean accumulate) {}

    Product(OneDnn owner, Key key) {
        Descriptors descriptors = new Descriptors(owner.functions());
        long a = descriptors.strided(key.m(), key.b().k(), key.a());
        long c = descriptors.strided(key.m(), key.b().n(), key.c());
        long product = descriptors.matmul(owner.engine(), a, key.b().layout(), c, key.accumulate());
        matmul = new Execution(
                owner, product, new int[] {A, B, C}, new long[] {a, key.b().layout(), c});
        descriptors.destroy("memory_desc", a);
        descriptors.destroy("memory_desc", c);
    }

    /** Multiplies; the operands are addresses, b that of a packed operand. */
    public void run(int worker, long a, long b, long c) {
        matmul.run(worker, a, b, c);
    }
}
