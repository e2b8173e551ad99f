package org.alluvium.tokenizer.train;

import org.alluvium.contracts.error.ConfigException;

/** Says what to do where a text is larger than can be trained on: than the heap, or than arrays can be. */
final class TooMuchText {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;
    private static final int LEAST_SAMPLE = 101;

    private TooMuchText() {}

    /** The heap has no room for it. */
    static ConfigException forHeap(long sentences, OutOfMemoryError cause) {
        ConfigException refused = refused(
                "it does not fit into the " + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB of heap that Java may take",
                "--input-sentence-size " + Math.max(LEAST_SAMPLE, sentences / 2) + " trains on about half of it",
                "; or give Java more, as by JDK_JAVA_OPTIONS=-Xmx8g in the environment.");
        refused.addSuppressed(cause);
        return refused;
    }

    /**
     * The capacity that an array of {@code capacity} elements grows to.
     *
     * @throws ConfigException if no array has {@code needed} elements
     */
    static int grown(int capacity, long needed) {
        if (needed > MAX_ARRAY) {
            throw refused(
                    "its different words have more than two billion characters, or places where a pair may be",
                    "--input-sentence-size 1000000 trains on so many lines, drawn by chance",
                    ".");
        }
        return (int) Math.min(MAX_ARRAY, Math.max(needed, 2L * capacity));
    }

    private static ConfigException refused(String why, String nearest, String rest) {
        return new ConfigException("there is too much text: " + why, "the text to train on", nearest + rest);
    }
}
