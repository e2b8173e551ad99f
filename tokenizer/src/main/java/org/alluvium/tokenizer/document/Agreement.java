package org.alluvium.tokenizer.document;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Whether our encoder gives the ids of the reference, as far as is known. One object of each vocabulary in a process, so that
 * all its tasks turn to the reference together. It ends once and never begins again. Thread-safe.
 */
public final class Agreement {

    private static final ConcurrentMap<String, Agreement> BY_DIGEST = new ConcurrentHashMap<>();

    private volatile boolean ended;

    /** That of a vocabulary in this process. */
    public static Agreement of(String vocabularyDigest) {
        return BY_DIGEST.computeIfAbsent(vocabularyDigest, digest -> new Agreement());
    }

    /** True until a difference is found. */
    public boolean holds() {
        return !ended;
    }

    /** A difference was found, here or by whoever went before. */
    public void end() {
        ended = true;
    }
}
