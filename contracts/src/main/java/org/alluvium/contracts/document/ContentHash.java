package org.alluvium.contracts.document;

import java.util.HexFormat;

/** A 128-bit hash of a document's normalized text; equal texts have equal hashes, and the converse is assumed. */
public record ContentHash(long high, long low) implements Comparable<ContentHash> {

    public static final int BYTES = 16;

    /** Parses 32 lower-case hexadecimal digits. */
    public static ContentHash parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a content hash has 32 hexadecimal digits, not " + hex.length());
        }
        return new ContentHash(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    /**
     * The low half folded to 32 bits. Frozen: Flink assigns keyed state to its place by it, so another value would lose the
     * memory of every document seen.
     */
    @Override
    public int hashCode() {
        return (int) (low ^ (low >>> 32));
    }

    @Override
    public int compareTo(ContentHash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
