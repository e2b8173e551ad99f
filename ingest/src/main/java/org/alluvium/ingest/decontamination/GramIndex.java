package org.alluvium.ingest.decontamination;

import java.util.Arrays;

/**
 * A map from hashes to numbers that are not negative, with 12 bytes a place and at least a third of the places free. The hash
 * is its own place: it has been mixed. Not thread-safe while it grows.
 */
final class GramIndex {

    static final int ABSENT = -1;

    private long[] hashes = new long[1024];
    private int[] values = absent(1024);
    private int size;

    /** Remembers the value for a hash that has none yet. */
    void putIfAbsent(long hash, int value) {
        int place = find(hash);
        if (values[place] != ABSENT) {
            return;
        }
        hashes[place] = hash;
        values[place] = value;
        if (++size > hashes.length / 3 * 2) {
            grow();
        }
    }

    /** Forgets all hashes for which the other index has a value. */
    GramIndex without(GramIndex other) {
        GramIndex rest = new GramIndex();
        for (int place = 0; place < hashes.length; place++) {
            if (values[place] != ABSENT && other.get(hashes[place]) == ABSENT) {
                rest.putIfAbsent(hashes[place], values[place]);
            }
        }
        return rest;
    }

    /** The value of a hash, or {@link #ABSENT}. */
    int get(long hash) {
        return values[find(hash)];
    }

    int size() {
        return size;
    }

    /** Where the hash is, or would be. */
    private int find(long hash) {
        int place = (int) hash & (hashes.length - 1);
        while (values[place] != ABSENT && hashes[place] != hash) {
            place = (place + 1) & (hashes.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldValues = values;
        hashes = new long[2 * oldHashes.length];
        values = absent(2 * oldHashes.length);
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldValues[i] != ABSENT) {
                int place = find(oldHashes[i]);
                hashes[place] = oldHashes[i];
                values[place] = oldValues[i];
            }
        }
    }

    private static int[] absent(int length) {
        int[] values = new int[length];
        Arrays.fill(values, ABSENT);
        return values;
    }
}
