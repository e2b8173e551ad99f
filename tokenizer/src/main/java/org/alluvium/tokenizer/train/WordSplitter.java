package org.alluvium.tokenizer.train;

/**
 * Cuts a normalized sentence into words at its spaces (U+2581), which go with the word behind them, or before them.
 *
 * @param suffix whether a space ends a word rather than beginning it
 * @param keepRuns whether a run of spaces stays together, so that pieces of spaces alone can come about
 */
record WordSplitter(boolean suffix, boolean keepRuns) {

    /** Is given words. */
    interface Reader {
        void accept(int[] points, int from, int to);
    }

    void split(int[] points, int from, int to, Reader reader) {
        int start = from;
        for (int at = from + 1; at < to; at++) {
            if (beginsWord(points[at - 1] == TrainingText.SPACE_SYMBOL, points[at] == TrainingText.SPACE_SYMBOL)) {
                reader.accept(points, start, at);
                start = at;
            }
        }
        if (start < to) {
            reader.accept(points, start, to);
        }
    }

    private boolean beginsWord(boolean afterSpace, boolean isSpace) {
        if (suffix) {
            return afterSpace && !(keepRuns && isSpace);
        }
        return isSpace && !(keepRuns && afterSpace);
    }
}
