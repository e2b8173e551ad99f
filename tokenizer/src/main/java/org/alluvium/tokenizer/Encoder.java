package org.alluvium.tokenizer;

/** Turns text into token ids. */
public interface Encoder extends AutoCloseable {

    /**
     * The ids of a text, without BOS and EOS. Deterministic: the same text always has the same ids.
     *
     * @throws IllegalStateException if this encoder was closed
     */
    int[] encode(String text);

    /** Frees what the encoder holds; closing twice is closing once. */
    @Override
    void close();
}
