package org.alluvium.ingest.fasttext;

import java.io.IOException;

/**
 * How a model was trained, as far as its use depends on it.
 *
 * @param columns of the matrix of features
 * @param wordNgram longest n-gram of words; 1 is none
 * @param loss 1 hierarchical softmax, 2 negative sampling, 3 softmax, 4 one versus all
 * @param buckets rows that n-grams share
 * @param shortestNgram of characters
 * @param longestNgram of characters; 0 is none
 */
record Settings(int columns, int wordNgram, int loss, int buckets, int shortestNgram, int longestNgram) {

    private static final int MAGIC = 793_712_314;
    private static final int VERSION = 12;
    private static final int VERSION_WITHOUT_NGRAMS = 11;
    private static final int SUPERVISED = 3;

    /**
     * Reads the head of a model: magic number and version; then as int32 columns, window, epochs, least count, negatives, n-gram of
     * words, loss, kind of model, buckets, shortest and longest n-gram, rate of updates; a float64 for the sampling.
     */
    static Settings read(ModelInput in) throws IOException {
        if (in.int32() != MAGIC) {
            throw in.damaged("it does not begin as one");
        }
        int version = in.int32();
        if (version != VERSION && version != VERSION_WITHOUT_NGRAMS) {
            throw in.damaged("its version is " + version + ", not " + VERSION);
        }
        int columns = in.count(in.int32(), "the number of columns");
        for (int skipped = 0; skipped < 4; skipped++) {
            in.int32();
        }
        int wordNgram = in.int32();
        int loss = in.int32();
        if (in.int32() != SUPERVISED) {
            throw in.damaged("it is one of word vectors, not a classifier");
        }
        int buckets = in.count(in.int32(), "the number of buckets");
        int shortest = in.int32();
        int longest = in.int32();
        in.int32();
        in.float64();
        if (buckets == 0 && (wordNgram > 1 || longest > 0)) {
            throw in.damaged("it has n-grams but no buckets");
        }
        return new Settings(
                columns, wordNgram, loss, buckets, shortest, version == VERSION_WITHOUT_NGRAMS ? 0 : longest);
    }
}
