package org.alluvium.ingest.quality;

import java.util.function.IntConsumer;

/** What a model looks at in a text: terms, each counted in the bucket that its hash falls into. */
public enum Features {

    /**
     * Single words in 2^18 buckets, as Spark's Tokenizer and HashingTF make them: what GPT-3's classifier saw (Brown et al.,
     * 2020, appendix A).
     */
    WORDS(18) {
        @Override
        void forEach(String text, IntConsumer buckets) {
            Terms.forEach(text, hash -> buckets.accept(bucket(hash)));
        }
    },

    /**
     * Words and pairs of neighbouring words in 2^20 buckets, after fastText (Joulin et al., 2017). Its classifier
     * averages vectors of the features and puts a linear one on top; with two classes, that is one weight for each feature,
     * so the weights are learned as such.
     */
    PAIRS(20) {
        @Override
        void forEach(String text, IntConsumer buckets) {
            PairHashes pairs = new PairHashes();
            Terms.forEach(text, hash -> {
                buckets.accept(bucket(hash));
                if (pairs.follows) {
                    buckets.accept(bucket(pairs.with(hash)));
                }
                pairs.push(hash);
            });
        }
    };

    private final int bits;

    Features(int bits) {
        this.bits = bits;
    }

    /** Number of buckets. */
    int buckets() {
        return 1 << bits;
    }

    /** Gives the bucket of every term, as often as the term occurs. */
    abstract void forEach(String text, IntConsumer buckets);

    final int bucket(int hash) {
        return hash & (buckets() - 1);
    }

    /** The term before, to make pairs with. */
    private static final class PairHashes {

        private int before;
        private boolean follows;

        /** MurmurHash3's finalizer over both, which tells a pair from the same words in the other order. */
        int with(int hash) {
            int h = before * 0x85EBCA6B + hash;
            h = (h ^ (h >>> 16)) * 0x85EBCA6B;
            h = (h ^ (h >>> 13)) * 0xC2B2AE35;
            return h ^ (h >>> 16);
        }

        void push(int hash) {
            before = hash;
            follows = true;
        }
    }
}
