package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The order in which the hash map of GCC's C++ library walks over numbered entries. SentencePiece's trainer breaks ties by it, so
 * whoever wants its pieces must know it. The library keeps all entries in one list in which those of a bucket are neighbours:
 * a new entry goes to the front of its bucket, or of the list where the bucket is empty. Not thread-safe.
 */
final class MapOrder {

    /** Numbers of buckets as the library grows: the next of its primes that at least doubles them. */
    private static final int[] SIZES = {
        13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10273, 20753, 42043, 85229, 172933, 351061, 712697, 1447153,
        2938679, 5967347, 12117689, 24607243, 49969847, 101473717, 206062531, 418450397
    };

    private static final int NONE = -1;

    /** Stands before the first entry. */
    private static final int HEAD = -2;

    private int[] next = new int[1 << 10];
    private long[] hashes = new long[1 << 10];
    private int[] befores = new int[1];
    private int head = NONE;
    private int grown = -1;
    private int size;

    /** Adds an entry with a hash that no other entry has. */
    void add(int entry, long hash) {
        if (entry >= next.length) {
            next = Arrays.copyOf(next, Math.max(entry + 1, 2 * next.length));
            hashes = Arrays.copyOf(hashes, next.length);
        }
        hashes[entry] = hash;
        if (size + 1 > (grown < 0 ? 0 : SIZES[grown])) {
            grown++;
            rehash();
        }
        size++;
        int bucket = bucket(entry);
        if (befores[bucket] == NONE) {
            next[entry] = head;
            head = entry;
            if (next[entry] != NONE) {
                befores[bucket(next[entry])] = entry;
            }
            befores[bucket] = HEAD;
        } else {
            next[entry] = follower(befores[bucket]);
            follow(befores[bucket], entry);
        }
    }

    /** Removes an entry that is there. */
    void remove(int entry) {
        int bucket = bucket(entry);
        int before = befores[bucket];
        while (follower(before) != entry) {
            before = follower(before);
        }
        int after = next[entry];
        int bucketAfter = after == NONE ? NONE : bucket(after);
        if (before == befores[bucket]) {
            if (bucketAfter != bucket) {
                if (after != NONE) {
                    befores[bucketAfter] = before;
                }
                befores[bucket] = NONE;
            }
        } else if (after != NONE && bucketAfter != bucket) {
            befores[bucketAfter] = before;
        }
        follow(before, after);
        size--;
    }

    /** Number of entries. */
    int size() {
        return size;
    }

    /** Gives all entries in their order. */
    void forEach(IntConsumer reader) {
        for (int entry = head; entry != NONE; entry = next[entry]) {
            reader.accept(entry);
        }
    }

    private int bucket(int entry) {
        return (int) Long.remainderUnsigned(hashes[entry], befores.length);
    }

    private int follower(int before) {
        return before == HEAD ? head : next[before];
    }

    private void follow(int before, int entry) {
        if (before == HEAD) {
            head = entry;
        } else {
            next[before] = entry;
        }
    }

    private void rehash() {
        befores = new int[SIZES[grown]];
        Arrays.fill(befores, NONE);
        int entry = head;
        head = NONE;
        int bucketOfHead = 0;
        while (entry != NONE) {
            int after = next[entry];
            int bucket = bucket(entry);
            if (befores[bucket] == NONE) {
                next[entry] = head;
                head = entry;
                befores[bucket] = HEAD;
                if (next[entry] != NONE) {
                    befores[bucketOfHead] = entry;
                }
                bucketOfHead = bucket;
            } else {
                next[entry] = follower(befores[bucket]);
                follow(befores[bucket], entry);
            }
            entry = after;
        }
    }
}
