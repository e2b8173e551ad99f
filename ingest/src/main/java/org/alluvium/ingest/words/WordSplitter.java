package org.alluvium.ingest.words;

import java.util.Optional;

/** Cuts text into words. Pure and thread-safe. */
public interface WordSplitter {

    /** The words of a text, in their order; punctuation marks may be words of their own. */
    Words split(String text);

    /**
     * The splitter for a language.
     *
     * @param language BCP 47 tag; empty if unknown
     */
    static WordSplitter of(Optional<String> language) {
        return new WhiteSpaceSplitter();
    }
}
