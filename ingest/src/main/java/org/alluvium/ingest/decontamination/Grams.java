package org.alluvium.ingest.decontamination;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import java.util.Arrays;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.words.UnspacedScripts;

/**
 * The n-grams of a text, each n words in a row, with where they stand. As in GPT-3 (Brown et al., 2020, appendix C) words are
 * what white space separates, in lower case and without punctuation: here, without whatever is neither a letter, a mark nor
 * a digit; what has nothing else is no word. In {@linkplain UnspacedScripts scripts without spaces} every character is a word.
 *
 * <p>Words and n-grams are 64-bit hashes. A document's n-gram is taken for one of the sets, though it is another, with a
 * chance of the number of hashes in the sets divided by 2^64: for ten million, once in 1.8 · 10^12 n-grams.
 */
final class Grams {

    private static final long OFFSET_BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L; // of FNV-1a, 64 bit
    private static final long BASE = 0x9E3779B97F4A7C15L; // odd, so that no word's place loses bits

    private final int n;
    private long[] hashes = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int words;

    private Grams(int n) {
        this.n = n;
    }

    /** Takes one n-gram. */
    @FunctionalInterface
    interface Visitor {

        /**
         * An n-gram.
         *
         * @param hash of its words
         * @param start where its first word begins, in UTF-16 units
         * @param end the first unit behind its last word
         */
        void gram(long hash, int start, int end);
    }

    /** Shows all n-grams of a text, in its order. */
    static void forEach(String text, int n, Visitor visitor) {
        Grams grams = new Grams(n);
        grams.split(text);
        grams.visit(visitor);
    }

    private void split(String text) {
        long hash = OFFSET_BASIS;
        int start = -1; // of the word that is being read
        int end = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            boolean alone = UnspacedScripts.contains(codePoint);
            if (start >= 0 && (alone || isSpace(codePoint))) {
                add(hash, start, end);
                start = -1;
            }
            if (isOfWord(codePoint)) {
                if (start < 0) {
                    start = i;
                    hash = OFFSET_BASIS;
                }
                hash = (hash ^ Characters.toLowerCase(codePoint)) * PRIME;
                end = next;
                if (alone) {
                    add(hash, start, end);
                    start = -1;
                }
            }
            i = next;
        }
        if (start >= 0) {
            add(hash, start, end);
        }
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean isOfWord(int codePoint) {
        if (codePoint < 0x80) {
            return (codePoint >= 'a' && codePoint <= 'z')
                    || (codePoint >= 'A' && codePoint <= 'Z')
                    || (codePoint >= '0' && codePoint <= '9');
        }
        return Characters.isLetter(codePoint) || Characters.isDigit(codePoint) || isMark(codePoint);
    }

    /** Vowel signs of many scripts are marks, without which words would be the same that are not. */
    private static boolean isMark(int codePoint) {
        return switch (UCharacter.getType(codePoint)) {
            case UCharacterCategory.NON_SPACING_MARK,
                    UCharacterCategory.COMBINING_SPACING_MARK,
                    UCharacterCategory.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private void add(long hash, int start, int end) {
        if (words == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * words);
            starts = Arrays.copyOf(starts, 2 * words);
            ends = Arrays.copyOf(ends, 2 * words);
        }
        hashes[words] = mix(hash);
        starts[words] = start;
        ends[words] = end;
        words++;
    }

    /** A polynomial of the words' hashes modulo 2^64, moved along word by word. */
    private void visit(Visitor visitor) {
        long leaving = 1;
        for (int i = 1; i < n; i++) {
            leaving *= BASE;
        }
        long sum = 0;
        for (int i = 0; i < words; i++) {
            if (i >= n) {
                sum -= hashes[i - n] * leaving;
            }
            sum = sum * BASE + hashes[i];
            if (i >= n - 1) {
                visitor.gram(mix(sum), starts[i - n + 1], ends[i]);
            }
        }
    }

    /** MurmurHash3's 64-bit finalizer: FNV-1a of short words leaves high bits nearly empty. */
    private static long mix(long hash) {
        long h = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
