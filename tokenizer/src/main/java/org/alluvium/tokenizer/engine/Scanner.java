package org.alluvium.tokenizer.engine;

/** Cuts text into splits, one after the other; every character is part of one. Immutable and thread-safe. */
interface Scanner {

    /**
     * The end of the split that begins at {@code from}.
     *
     * @param text well-formed UTF-8
     * @param to end of the text, behind {@code from}: nothing is looked at beyond it
     */
    int end(byte[] text, int from, int to);
}
