package org.alluvium.ingest.words;

import java.util.Arrays;

/** The words of one text, by where they begin and end in it, in UTF-16 units. Immutable. */
public final class Words {

    private final String text;
    private final int[] bounds; // start and end of word i at 2i and 2i + 1
    private final int count;

    private Words(String text, int[] bounds, int count) {
        this.text = text;
        this.bounds = bounds;
        this.count = count;
    }

    /** The text that was split. */
    public String text() {
        return text;
    }

    public int count() {
        return count;
    }

    /** Where word i begins. */
    public int start(int i) {
        return bounds[2 * i];
    }

    /** The first index behind word i. */
    public int end(int i) {
        return bounds[2 * i + 1];
    }

    public String word(int i) {
        return text.substring(start(i), end(i));
    }

    /** Collects the words of one text in their order. */
    public static final class Builder {

        private final String text;
        private int[] bounds;
        private int count;

        public Builder(String text) {
            this.text = text;
            this.bounds = new int[Math.max(16, text.length() / 3)];
        }

        /** Adds the word from start up to end. */
        public void add(int start, int end) {
            if (2 * count + 2 > bounds.length) {
                bounds = Arrays.copyOf(bounds, bounds.length * 2);
            }
            bounds[2 * count] = start;
            bounds[2 * count + 1] = end;
            count++;
        }

        /** The words; the builder is used up. */
        public Words build() {
            return new Words(text, bounds, count);
        }
    }
}
