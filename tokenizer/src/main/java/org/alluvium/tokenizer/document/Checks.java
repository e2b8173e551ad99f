package org.alluvium.tokenizer.document;

import java.io.Serializable;
import org.alluvium.contracts.config.TokenizerConfig;

/**
 * Which documents are encoded by the reference too.
 *
 * @param first how many of the first that a tokenizer sees
 * @param share of all others, chosen by their ids, in [0, 1]
 */
public record Checks(int first, double share) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** No document. */
    public static final Checks NONE = new Checks(0, 0);

    /** As a configuration says. */
    public static Checks of(TokenizerConfig config) {
        return switch (config.verify()) {
            case OFF -> NONE;
            case START -> new Checks(config.verifyDocuments(), 0);
            case SAMPLE -> new Checks(config.verifyDocuments(), config.verifyShare());
        };
    }

    public boolean any() {
        return first > 0 || share > 0;
    }

    /** Whether a document is in the share; the same for every run. */
    boolean samples(String document) {
        return share > 0 && uniform(document) < share;
    }

    /** A number in [0, 1) that only the id decides: the finalizer of MurmurHash3 over Java's hash of it. */
    private static double uniform(String document) {
        int hash = document.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        hash ^= hash >>> 16;
        return Integer.toUnsignedLong(hash) / 0x1p32;
    }
}
