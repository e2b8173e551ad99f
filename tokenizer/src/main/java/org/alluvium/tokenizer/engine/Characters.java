package org.alluvium.tokenizer.engine;

/** Characters of UTF-8 that is known to be well formed, or was made so by the {@code Normalizer}. */
final class Characters {

    private Characters() {}

    /**
     * The character that begins at a position.
     *
     * @param to end of the text; a character that would reach beyond it is an {@link IllegalArgumentException}
     */
    static int at(byte[] text, int at, int to) {
        int first = text[at];
        if (first >= 0) {
            return first;
        }
        int length = lengthByFirst((byte) first);
        if (at + length > to) {
            throw new IllegalArgumentException("the text ends inside of a character, at byte " + at);
        }
        return switch (length) {
            case 2 -> ((first & 0x1F) << 6) | tail(text, at + 1);
            case 3 -> ((first & 0x0F) << 12) | (tail(text, at + 1) << 6) | tail(text, at + 2);
            default ->
                ((first & 0x07) << 18) | (tail(text, at + 1) << 12) | (tail(text, at + 2) << 6) | tail(text, at + 3);
        };
    }

    private static int tail(byte[] text, int at) {
        return text[at] & 0x3F;
    }

    /** Bytes that a character takes. */
    static int length(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }

    /** Bytes that the character with the given first byte takes. */
    static int lengthByFirst(byte first) {
        if (first >= 0) {
            return 1;
        }
        int value = first & 0xFF;
        if (value < 0xE0) {
            return 2;
        }
        return value < 0xF0 ? 3 : 4;
    }

    /**
     * Whether a character of three bytes begins here that is U+3000 or higher: of scripts that hardly repeat a chunk, so that to
     * segment one is faster than to look for it.
     */
    static boolean isDense(byte first) {
        return first < (byte) 0xF0 && first >= (byte) 0xE3;
    }

    /** How many characters there are. */
    static int count(byte[] text, int from, int to) {
        int count = 0;
        for (int at = from; at < to; at++) {
            if ((text[at] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
