package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;

/**
 * The suffixes of a sequence of small numbers, in order, in linear time: induced sorting (Nong, Zhang, Chan: "Two Efficient
 * Algorithms for Linear Time Suffix Array Construction", 2009), and their longest common prefixes (Kärkkäinen, Manzini,
 * Puglisi: "Permuted Longest-Common-Prefix Array", 2009).
 *
 * <p>A suffix is of type S if it is smaller than the one behind it, and of type L otherwise; the last one counts as larger than
 * the end. Where an S follows an L there is a valley. Sorted valleys induce the order of all else in two passes.
 */
final class SuffixArray {

    private static final int NONE = -1;

    private final int[] text;
    private final int length;
    private final boolean[] smaller;
    private final int[] heads;
    private final int[] order;

    private SuffixArray(int[] text, int length, int alphabet, int[] order) {
        this.text = text;
        this.length = length;
        this.smaller = types(text, length);
        this.heads = heads(text, length, alphabet);
        this.order = order;
    }

    /**
     * The starts of all suffixes, the smallest suffix first; a suffix that begins another is smaller than that one.
     *
     * @param text numbers from zero up to, and without, {@code alphabet}
     */
    static int[] of(int[] text, int alphabet) {
        int[] order = new int[text.length];
        sort(text, text.length, alphabet, order);
        return order;
    }

    /**
     * How much each suffix shares with the one before it in order: numbers, up to the first one that is a separator.
     * The first of the order shares nothing.
     *
     * @param order what {@link #of} gave for the text
     * @param separator shared by none with none, as if each occurrence of it were another number
     */
    static int[] commonPrefixes(int[] text, int[] order, int separator) {
        int[] common = new int[order.length];
        int[] before = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            before[order[i]] = i == 0 ? NONE : order[i - 1];
        }
        int shared = 0;
        for (int suffix = 0; suffix < text.length; suffix++) {
            int other = before[suffix];
            if (other == NONE) {
                shared = 0;
            } else {
                int left = text.length - Math.max(suffix, other);
                while (shared < left
                        && text[suffix + shared] == text[other + shared]
                        && text[suffix + shared] != separator) {
                    shared++;
                }
            }
            before[suffix] = shared;
            shared = Math.max(0, shared - 1);
        }
        for (int i = 0; i < order.length; i++) {
            common[i] = before[order[i]];
        }
        return common;
    }

    private static void sort(int[] text, int length, int alphabet, int[] order) {
        if (length == 0) {
            return;
        }
        SuffixArray suffixes = new SuffixArray(text, length, alphabet, order);
        int[] valleys = suffixes.valleys();
        suffixes.induce(valleys, valleys.length);
        if (valleys.length > 1) {
            suffixes.sortValleys(valleys);
            suffixes.induce(valleys, valleys.length);
        }
    }

    private static boolean[] types(int[] text, int length) {
        boolean[] smaller = new boolean[length];
        for (int i = length - 2; i >= 0; i--) {
            smaller[i] = text[i] == text[i + 1] ? smaller[i + 1] : text[i] < text[i + 1];
        }
        return smaller;
    }

    /** Where the suffixes that start with each number begin in the order; one more entry for the end. */
    private static int[] heads(int[] text, int length, int alphabet) {
        int[] heads = new int[alphabet + 1];
        for (int i = 0; i < length; i++) {
            heads[text[i] + 1]++;
        }
        for (int i = 0; i < alphabet; i++) {
            heads[i + 1] += heads[i];
        }
        return heads;
    }

    private boolean valley(int suffix) {
        return suffix > 0 && smaller[suffix] && !smaller[suffix - 1];
    }

    private int[] valleys() {
        int count = 0;
        for (int i = 1; i < length; i++) {
            count += valley(i) ? 1 : 0;
        }
        int[] valleys = new int[count];
        int next = 0;
        for (int i = 1; i < length; i++) {
            if (valley(i)) {
                valleys[next++] = i;
            }
        }
        return valleys;
    }

    /** Fills the order from the given valleys: right if they are in order; otherwise by the strings between valleys. */
    private void induce(int[] valleys, int count) {
        Arrays.fill(order, 0, length, NONE);
        int[] tails = Arrays.copyOfRange(heads, 1, heads.length);
        for (int i = count - 1; i >= 0; i--) {
            order[--tails[text[valleys[i]]]] = valleys[i];
        }
        int[] next = heads.clone();
        order[next[text[length - 1]]++] = length - 1;
        for (int i = 0; i < length; i++) {
            int suffix = order[i];
            if (suffix > 0 && !smaller[suffix - 1]) {
                order[next[text[suffix - 1]]++] = suffix - 1;
            }
        }
        System.arraycopy(heads, 1, tails, 0, tails.length);
        for (int i = length - 1; i >= 0; i--) {
            int suffix = order[i];
            if (suffix > 0 && smaller[suffix - 1]) {
                order[--tails[text[suffix - 1]]] = suffix - 1;
            }
        }
    }

    /** Puts the valleys into the order of their suffixes, given the order by the strings between valleys. */
    private void sortValleys(int[] valleys) {
        int count = valleys.length;
        int[] sorted = new int[count];
        int found = 0;
        for (int i = 0; i < length; i++) {
            if (valley(order[i])) {
                sorted[found++] = order[i];
            }
        }
        int[] names = order; // its content is used up; valleys are at least two apart
        int name = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0 && !sameString(sorted[i - 1], sorted[i])) {
                name++;
            }
            names[sorted[i] / 2] = name;
        }
        int[] reduced = new int[count];
        for (int i = 0; i < count; i++) {
            reduced[i] = names[valleys[i] / 2];
        }
        if (name + 1 == count) {
            for (int i = 0; i < count; i++) {
                sorted[reduced[i]] = valleys[i];
            }
        } else {
            sort(reduced, count, name + 1, order);
            for (int i = 0; i < count; i++) {
                sorted[i] = valleys[order[i]];
            }
        }
        System.arraycopy(sorted, 0, valleys, 0, count);
    }

    /** Whether the strings from two valleys to the next ones are the same. */
    private boolean sameString(int one, int other) {
        for (int i = 0; ; i++) {
            if (one + i == length || other + i == length || text[one + i] != text[other + i]) {
                return false;
            }
            if (i > 0) {
                boolean end = valley(one + i);
                if (end != valley(other + i)) {
                    return false;
                }
                if (end) {
                    return true;
                }
            }
        }
    }
}
