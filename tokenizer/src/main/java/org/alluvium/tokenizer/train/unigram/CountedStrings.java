package org.alluvium.tokenizer.train.unigram;

import java.util.Map;

/** Strings of code points and how often each occurs. */
@FunctionalInterface
public interface CountedStrings {

    /** Shows all strings, in any order; one may come several times, with a part of its count each time. */
    void forEach(Visitor visitor);

    /** What stands behind a string at one place at least: nothing, the text ends. */
    int END = -1;

    /** Not always the same stands behind a string. */
    int SEVERAL = -2;

    /** Is shown one string after the other. */
    @FunctionalInterface
    interface Visitor {

        /**
         * One string.
         *
         * @param points holds the string from {@code from} up to, and without, {@code to}; not to be kept
         * @param count how often it occurs, at least 1
         * @param next the code point behind it in the text, {@link #END} or {@link #SEVERAL}
         */
        void visit(int[] points, int from, int to, long count, int next);
    }

    /** The keys of a map with their values as counts, each followed by this and that. */
    static CountedStrings of(Map<String, Long> counts) {
        return visitor -> counts.forEach((text, count) -> {
            int[] points = text.codePoints().toArray();
            visitor.visit(points, 0, points.length, count, SEVERAL);
        });
    }
}
