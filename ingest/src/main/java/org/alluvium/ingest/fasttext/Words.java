package org.alluvium.ingest.fasttext;

import java.util.Arrays;
import java.util.List;

/** The words of a model, found by their bytes without making objects. Open addressing at half load. */
final class Words {

    private final byte[][] words;
    private final int[] slots; // word + 1, or 0

    Words(List<byte[]> words) {
        this.words = words.toArray(byte[][]::new);
        this.slots = new int[Integer.highestOneBit(Math.max(2, words.size())) * 4];
        for (int i = 0; i < this.words.length; i++) {
            byte[] word = this.words[i];
            slots[slot(word, 0, word.length, Features.hash(word, 0, word.length))] = i + 1;
        }
    }

    int count() {
        return words.length;
    }

    /** Number of the word, or -1. */
    int find(byte[] bytes, int start, int end, int hash) {
        return slots[slot(bytes, start, end, hash)] - 1;
    }

    /** Where the word is, or would be. */
    private int slot(byte[] bytes, int start, int end, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            byte[] word = words[slots[slot] - 1];
            if (Arrays.equals(word, 0, word.length, bytes, start, end)) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
