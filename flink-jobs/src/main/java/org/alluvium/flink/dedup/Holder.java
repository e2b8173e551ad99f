package org.alluvium.flink.dedup;

import org.alluvium.contracts.document.ContentHash;

/**
 * Who holds what of which there may be one: a version of a document, in the 64 bits that keyed state remembers of it. The
 * high half is of the document's identity, so that a new version is not taken for a duplicate of the one before; the low
 * half of its text, so that a version that is withdrawn gives up what is still its own.
 *
 * <p>Two documents are taken for one once in 2^32 times that one would have been found a duplicate of the other.
 */
final class Holder {

    private static final int HALF = 32;

    private Holder() {}

    /** The version of that document that has that text. */
    static long of(ContentHash identity, ContentHash text) {
        return (identity.low() << HALF) | (text.low() & 0xFFFF_FFFFL);
    }

    /** Whether both are versions of one document. */
    static boolean sameDocument(long one, long other) {
        return one >>> HALF == other >>> HALF;
    }
}
