package org.alluvium.ingest.text;

import org.alluvium.contracts.document.ContentHash;

/**
 * Chance that a text decides itself: a number drawn for a text is the same whenever, wherever and in whatever order texts
 * are looked at. Frozen, as another number would decide otherwise of texts that were decided of.
 */
public final class ContentDraw {

    private static final double TO_UNIT = 0x1p-53;

    private ContentDraw() {}

    /**
     * A number in [0, 1), evenly distributed over texts: 53 bits of the hash and the purpose, mixed by the finalizer of
     * SplitMix64 (Steele, Lea and Flood, 2014).
     *
     * @param purpose numbers drawn for different purposes are independent of one another
     */
    public static double v1(ContentHash hash, long purpose) {
        return (mix(hash.high() ^ mix(hash.low() ^ mix(purpose))) >>> 11) * TO_UNIT;
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
