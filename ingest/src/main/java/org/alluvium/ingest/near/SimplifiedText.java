package org.alluvium.ingest.near;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.alluvium.ingest.character.Characters;

/**
 * A text with everything left out by which near-duplicates tend to differ, cut into words. It is what datatrove's {@code
 * simplify_text} leaves: lower case; each number, with one decimal part, is the digit 0; punctuation and controls are white
 * space; letters are decomposed and lose their marks.
 *
 * <p>Words are what stands between white space, and in scripts that do not separate words (Chinese, Japanese, Thai, Lao, Khmer,
 * Burmese, Tibetan) each character is one, whatever the language is said to be: two copies of a text are cut alike even
 * where their languages were told differently. Departing from datatrove, no language has a word splitter of its own.
 *
 * <p>Immutable and thread-safe.
 */
public final class SimplifiedText {

    private static final Hasher64 XXH64 = Hashing.xxh64();

    private final byte[] utf8; // the words, one blank between two
    private final int length;
    private final int[] starts; // where word i begins; it ends before the blank before the next
    private final int words;
    private final boolean mostlyNumbers;

    private SimplifiedText(Builder builder) {
        this.utf8 = builder.utf8;
        this.length = builder.length;
        this.starts = builder.starts;
        this.words = builder.words;
        this.mostlyNumbers = builder.numbers > builder.letters;
    }

    /** Simplifies a text. */
    public static SimplifiedText of(String text) {
        String lower = Characters.toLowerCase(text);
        Builder out = new Builder(lower.length());
        int i = 0;
        while (i < lower.length()) {
            char c = lower.charAt(i);
            char folded = Folding.of(c);
            switch (folded) {
                case Folding.SPACE -> {
                    out.endWord();
                    i++;
                }
                case Folding.NOTHING -> i++;
                case Folding.DIGIT -> {
                    out.add(Folding.DIGIT);
                    i = Numbers.end(lower, i);
                }
                case Folding.SEVERAL -> i = addSeveral(lower, i, out);
                default -> {
                    out.add(folded);
                    i++;
                }
            }
        }
        return new SimplifiedText(out);
    }

    private static int addSeveral(String lower, int i, Builder out) {
        int character = lower.codePointAt(i);
        if (Characters.isDigit(character)) {
            out.add(Folding.DIGIT);
            return Numbers.end(lower, i);
        }
        Folding.decompose(character, out::add);
        return i + Character.charCount(character);
    }

    /** Whether there are more numbers, which all have become the same, than other characters. */
    public boolean mostlyNumbers() {
        return mostlyNumbers;
    }

    /** Number of words. */
    public int words() {
        return words;
    }

    /**
     * Hashes of all runs of that many words, joined by a blank: XXH64 with seed 0 of the UTF-8 bytes.
     *
     * @param size words in a run, at least 1
     * @return one hash for each, in their order; empty if there are fewer words
     */
    public long[] shingles(int size) {
        long[] hashes = new long[Math.max(0, words - size + 1)];
        for (int i = 0; i < hashes.length; i++) {
            int end = i + size == words ? length : starts[i + size] - 1;
            hashes[i] = XXH64.hashBytesToLong(utf8, starts[i], end - starts[i]);
        }
        return hashes;
    }

    /** The words, one blank between two. */
    @Override
    public String toString() {
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
    }

    private static final class Builder {

        private static final int LONGEST_CHARACTER = 4;

        private byte[] utf8;
        private int length;
        private int[] starts;
        private int words;
        private boolean inWord;
        private int numbers;
        private int letters;

        Builder(int characters) {
            this.utf8 = new byte[characters + characters / 4 + 16];
            this.starts = new int[characters / 4 + 16];
        }

        void endWord() {
            inWord = false;
        }

        void add(int character) {
            boolean alone = Folding.isWord(character);
            if (character == Folding.DIGIT) {
                numbers++;
            } else {
                letters++;
            }
            if (!inWord || alone) {
                beginWord();
            }
            encode(
                    Character.isBmpCodePoint(character) && Character.isSurrogate((char) character)
                            ? '\uFFFD'
                            : character);
            inWord = !alone;
        }

        private void beginWord() {
            if (words == starts.length) {
                starts = Arrays.copyOf(starts, words * 2);
            }
            reserve();
            if (words > 0) {
                utf8[length++] = ' ';
            }
            starts[words++] = length;
        }

        private void encode(int character) {
            reserve();
            if (character < 0x80) {
                utf8[length++] = (byte) character;
            } else if (character < 0x800) {
                utf8[length++] = (byte) (0xC0 | (character >> 6));
                utf8[length++] = (byte) (0x80 | (character & 0x3F));
            } else if (character < 0x10000) {
                utf8[length++] = (byte) (0xE0 | (character >> 12));
                utf8[length++] = (byte) (0x80 | ((character >> 6) & 0x3F));
                utf8[length++] = (byte) (0x80 | (character & 0x3F));
            } else {
                utf8[length++] = (byte) (0xF0 | (character >> 18));
                utf8[length++] = (byte) (0x80 | ((character >> 12) & 0x3F));
                utf8[length++] = (byte) (0x80 | ((character >> 6) & 0x3F));
                utf8[length++] = (byte) (0x80 | (character & 0x3F));
            }
        }

        private void reserve() {
            if (length + LONGEST_CHARACTER > utf8.length) {
                utf8 = Arrays.copyOf(utf8, utf8.length * 2);
            }
        }
    }
}
