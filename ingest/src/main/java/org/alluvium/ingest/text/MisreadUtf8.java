package org.alluvium.ingest.text;

import java.util.Optional;

/**
 * Text that was UTF-8 and was read as Windows-1252 or ISO 8859-1, so that {@code é} became {@code Ã©}. Where a byte had no
 * character and was lost, the character it belonged to is lost too and becomes U+FFFD.
 *
 * <p>Correct text holds such pairs as well, at times: {@code É»} is two bytes of UTF-8. So the text as a whole is judged. It is
 * taken for misread if its letters beyond ASCII nearly all stand in sequences that are valid UTF-8, and if these sequences are
 * either of a kind that hardly occurs by chance (such as Latin letters, signs and quotation marks, whose first byte is read as
 * Â, Ã or â) or several.
 */
final class MisreadUtf8 {

    /** So many sequences make up for one character that is in none. */
    private static final int SEQUENCES_FOR_ONE_OTHER = 4;

    /** So many sequences that could be chance are none. */
    private static final int FEWEST_OF_ANY_KIND = 3;

    /** Marks of Windows-1252 that may follow a letter, and the line end that ISO 8859-1 has among the control characters. */
    private static final String FOLLOW_WORDS = "€‚„…‹‘’“”•–—›\u0085";

    private static final char LOST = '\uFFFD';
    private static final int CONTINUATION = 0x80;

    private final String text;
    private int sequences;
    private int telling;
    private int others;

    private MisreadUtf8(String text) {
        this.text = text;
    }

    /**
     * A text with what was misread put right.
     *
     * @param characters how many were
     */
    record Reread(String text, long characters) {}

    /** The text as it was, or nothing if it was not misread. */
    static Optional<Reread> reread(String text) {
        MisreadUtf8 reading = new MisreadUtf8(text);
        reading.count();
        return reading.isMisread() ? Optional.of(new Reread(reading.decode(), reading.sequences)) : Optional.empty();
    }

    private void count() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int length = c < CONTINUATION ? 0 : sequenceLength(i);
            if (length > 0) {
                sequences++;
                telling += isTelling(i, length) ? 1 : 0;
                i += length;
            } else {
                others += c >= CONTINUATION && isOther(c) ? 1 : 0;
                i++;
            }
        }
    }

    /** Whether the character speaks against misreading where it is in no sequence: letters do, single signs do not. */
    private static boolean isOther(char c) {
        int value = Windows1252.byteOf(c);
        return c != LOST && (value < 0 || value >= 0xC0);
    }

    private boolean isTelling(int start, int length) {
        char first = text.charAt(start);
        char next = text.charAt(start + 1);
        int second = Windows1252.byteOf(next);
        return switch (length) {
            case 2 -> first == 'Â' || first == 'Ã' || (second < 0xA0 && FOLLOW_WORDS.indexOf(next) < 0);
            case 3 -> first == 'â' && (second == 0x80 || second == 0x82 || second == 0x84);
            default -> true;
        };
    }

    private boolean isMisread() {
        return (telling > 0 || sequences >= FEWEST_OF_ANY_KIND) && others * SEQUENCES_FOR_ONE_OTHER <= sequences;
    }

    private String decode() {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int length = c < CONTINUATION ? 0 : sequenceLength(i);
            if (length > 0) {
                out.appendCodePoint(codePoint(i, length));
                i += length;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    /** How many characters from an index on are the bytes of one character of UTF-8; 0 if they are not. */
    private int sequenceLength(int start) {
        char first = text.charAt(start);
        int length = first >= 0xC2 && first <= 0xDF
                ? 2
                : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
        if (length == 0 || start + length > text.length()) {
            return 0;
        }
        for (int i = start + 1; i < start + length; i++) {
            if (!isContinuation(text.charAt(i))) {
                return 0;
            }
        }
        int codePoint = codePoint(start, length);
        boolean shortest = length == 2 || codePoint >= (length == 3 ? 0x800 : 0x10000) || codePoint == LOST;
        return shortest && Character.isValidCodePoint(codePoint) && !isSurrogate(codePoint) ? length : 0;
    }

    private static boolean isContinuation(char c) {
        int value = Windows1252.byteOf(c);
        return c == LOST || (value >= CONTINUATION && value < 0xC0);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private int codePoint(int start, int length) {
        int value = text.charAt(start) & (0xFF >> (length + 1));
        for (int i = start + 1; i < start + length; i++) {
            char c = text.charAt(i);
            if (c == LOST) {
                return LOST;
            }
            value = value << 6 | (Windows1252.byteOf(c) & 0x3F);
        }
        return value;
    }
}
