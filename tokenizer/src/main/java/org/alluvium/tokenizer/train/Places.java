package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Where pairs are in the text: for each an ascending run in one array, written once when the pair comes about. Not thread-safe. */
final class Places {

    private int[] runs = new int[1 << 12];
    private int used;
    private int[] starts = new int[1 << 10];
    private int[] sizes = new int[1 << 10];
    private int[] newPairs = new int[1 << 10];
    private int[] newPlaces = new int[1 << 10];
    private int added;

    /** Notes a place of a pair; it counts from the next {@link #file} on. */
    void add(int pair, int place) {
        if (added == newPairs.length) {
            int capacity = TooMuchText.grown(added, added + 1L);
            newPairs = Arrays.copyOf(newPairs, capacity);
            newPlaces = Arrays.copyOf(newPlaces, capacity);
        }
        newPairs[added] = pair;
        newPlaces[added] = place;
        added++;
    }

    /**
     * Puts what was added to the runs of its pairs, none of which may have had one before.
     *
     * @param symbols number of symbols so far
     * @param reader is given each of these pairs
     */
    void file(int symbols, IntConsumer reader) {
        if (symbols > starts.length) {
            int capacity = Math.max(symbols, starts.length + (starts.length >> 1));
            starts = Arrays.copyOf(starts, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
        }
        if (runs.length - used < added) {
            runs = Arrays.copyOf(runs, TooMuchText.grown(runs.length, (long) used + added));
        }
        for (int i = 0; i < added; i++) {
            sizes[newPairs[i]]++;
        }
        for (int i = 0; i < added; i++) {
            int pair = newPairs[i];
            if (starts[pair] == 0) {
                // One too far for now, so that 0 stands for none.
                starts[pair] = used + 1;
                used += sizes[pair];
                sizes[pair] = 0;
                reader.accept(pair);
            }
            runs[starts[pair] - 1 + sizes[pair]++] = newPlaces[i];
        }
        added = 0;
    }

    /** Number of places of a pair; some may no longer have it. */
    int size(int pair) {
        return pair < sizes.length ? sizes[pair] : 0;
    }

    /** Place number {@code i} of a pair. */
    int get(int pair, int i) {
        return runs[starts[pair] - 1 + i];
    }

    void set(int pair, int i, int place) {
        runs[starts[pair] - 1 + i] = place;
    }

    void shorten(int pair, int size) {
        sizes[pair] = size;
    }
}
