package org.alluvium.trainer.data;

import org.alluvium.contracts.document.ContentHash;

/**
 * Decides by content hash which documents are never trained on. Equal texts fall on the same side, in every run and on
 * every machine.
 *
 * @param permille documents in a thousand that are held out
 */
public record HeldOutSplit(int permille) {

    /** Whether the document with this hash is held out: {@code hash.high mod 1000 < permille}, unsigned. */
    public boolean holdsOut(ContentHash hash) {
        return Long.remainderUnsigned(hash.high(), 1000) < permille;
    }
}
