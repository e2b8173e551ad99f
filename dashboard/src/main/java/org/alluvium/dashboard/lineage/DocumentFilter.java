package org.alluvium.dashboard.lineage;

/**
 * Which documents a part of a journal may name, in ten bits for each (Bloom, 1970): it never misses one, and takes about one in a
 * hundred for one that is there. Immutable.
 */
final class DocumentFilter {

    /** Takes every document for one that is there. */
    static final DocumentFilter ANY = new DocumentFilter(new long[0]);

    private static final int BITS = 10;
    private static final int PROBES = 5;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long[] words;

    private DocumentFilter(long[] words) {
        this.words = words;
    }

    /** Of the first so many hashes. */
    static DocumentFilter of(long[] hashes, int count) {
        DocumentFilter filter = new DocumentFilter(new long[count * BITS / Long.SIZE + 1]);
        for (int i = 0; i < count; i++) {
            for (int probe = 0; probe < PROBES; probe++) {
                long bit = filter.bit(hashes[i], probe);
                filter.words[(int) (bit / Long.SIZE)] |= 1L << bit;
            }
        }
        return filter;
    }

    boolean mayHave(long hash) {
        for (int probe = 0; probe < PROBES && words.length > 0; probe++) {
            long bit = bit(hash, probe);
            if ((words[(int) (bit / Long.SIZE)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    long bytes() {
        return (long) words.length * Long.BYTES;
    }

    /** Spreads hashes over all bits; the finish is that of SplitMix64 (Steele et al., 2014). */
    private long bit(long hash, int probe) {
        long mixed = hash + probe * GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return Math.unsignedMultiplyHigh(mixed ^ mixed >>> 31, (long) words.length * Long.SIZE);
    }
}
