package org.alluvium.ingest.quality;

import java.util.Arrays;

/**
 * One text as a trainer sees it: its buckets in ascending order, and how much of each there is.
 *
 * @param buckets each once
 * @param values of the buckets, as {@link QualityModel} weighs them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would be waste
record Sample(int[] buckets, float[] values) {

    static Sample of(String text, Features features) {
        Buckets all = new Buckets();
        features.forEach(text, all::add);
        Arrays.sort(all.buckets, 0, all.count);
        int distinct = 0;
        int[] buckets = new int[all.count];
        float[] values = new float[all.count];
        for (int i = 0; i < all.count; i++) {
            if (i == 0 || all.buckets[i] != all.buckets[i - 1]) {
                buckets[distinct++] = all.buckets[i];
            }
            values[distinct - 1]++;
        }
        float scale = (float) QualityModel.scale(all.count);
        for (int i = 0; i < distinct; i++) {
            values[i] *= scale;
        }
        return new Sample(Arrays.copyOf(buckets, distinct), Arrays.copyOf(values, distinct));
    }

    /** A list of integers that grows. */
    private static final class Buckets {

        private int[] buckets = new int[256];
        private int count;

        void add(int bucket) {
            if (count == buckets.length) {
                buckets = Arrays.copyOf(buckets, 2 * count);
            }
            buckets[count++] = bucket;
        }
    }
}
