package org.alluvium.trainer.backend.onednn;

import org.alluvium.trainer.backend.ElementType;

/**
 * How a product's right operand (k,n) is laid out for the CPU's cache and registers. The order is the library's choice for
 * products of many rows, and the same for products of few.
 */
public final class Packing {

    /** Columns that lie together where {@link #isPaired}. */
    public static final int GROUP = 64;

    private static final int TYPICAL_ROWS = 256;
    private static final int FROM = 1;
    private static final int TO = 17;

    private final Key key;
    private final long layout;
    private final long bytes;
    private final boolean paired;
    private final Execution reorder;

    /** Source and packed type may differ: the values are rounded to the latter. */
    record Key(int k, int n, Strided source, ElementType type) {}

    Packing(OneDnn owner, Key key) {
        this.key = key;
        Descriptors descriptors = new Descriptors(owner.functions());
        long a = descriptors.strided(TYPICAL_ROWS, key.k(), Strided.rowMajor(key.type(), key.k()));
        long any = descriptors.any(key.k(), key.n(), key.type());
        long c = descriptors.strided(TYPICAL_ROWS, key.n(), Strided.rowMajor(ElementType.F32, key.n()));
        long product = descriptors.matmul(owner.engine(), a, any, c, false);
        layout = owner.created("memory_desc", descriptors.chosenWeights(product));
        bytes = descriptors.bytes(layout);
        paired = key.type() == ElementType.BF16 && descriptors.isPaired(layout);
        descriptors.destroy("primitive_desc", product);
        long source = descriptors.strided(key.k(), key.n(), key.source());
        long[] layouts = {source, layout};
        reorder = new Execution(
                owner, descriptors.reorder(owner.engine(), source, layout), new int[] {FROM, TO}, layouts);
        for (long temporary : new long[] {a, any, c, source}) {
            descriptors.destroy("memory_desc", temporary);
        }
    }

    /** Size of a packed operand; it begins at a multiple of 64. */
    public long bytes() {
        return bytes;
    }

    /**
     * Whether callers may pack by themselves, as this is slow: BF16 elements lie in groups of {@value #GROUP} columns, a group's
     * rows in pairs, a pair's columns one after another, and a column's two rows. There are rows of zeros up to a multiple of
     * 32 and columns of zeros up to one of the group.
     */
    public boolean isPaired() {
        return paired;
    }

    /** Packs; the operands are addresses. */
    public void run(int worker, long source, long packed) {
        reorder.run(worker, source, packed);
    }

    int k() {
        return key.k();
    }

    int n() {
        return key.n();
    }

    long layout() {
        return layout;
    }
}
