package org.alluvium.tokenizer.engine;

/** UTF-8 as SentencePiece reads it. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Length of the character at a place; 0 where it is not valid UTF-8, as too long forms and surrogates are not. */
    static int length(byte[] in, int at, int to) {
        int first = in[at];
        if (first >= 0) {
            return 1;
        }
        int rest = to - at;
        if ((first & 0xe0) == 0xc0) {
            return rest >= 2 && isTrail(in[at + 1]) && (first & 0x1e) != 0 ? 2 : 0;
        }
        if ((first & 0xf0) == 0xe0) {
            if (rest < 3 || !isTrail(in[at + 1]) || !isTrail(in[at + 2])) {
                return 0;
            }
            int c = (first & 0x0f) << 6 | (in[at + 1] & 0x3f);
            return c >= 0x800 >> 6 && (c < 0xd800 >> 6 || c >= 0xe000 >> 6) ? 3 : 0;
        }
        if ((first & 0xf8) == 0xf0) {
            if (rest < 4 || !isTrail(in[at + 1]) || !isTrail(in[at + 2]) || !isTrail(in[at + 3])) {
                return 0;
            }
            int c = (first & 0x07) << 6 | (in[at + 1] & 0x3f);
            return c >= 0x10000 >> 12 && c < 0x110000 >> 12 ? 4 : 0;
        }
        return 0;
    }

    /** Length of the character that begins with a byte, in valid UTF-8. */
    static int lengthOf(byte first) {
        return first >= 0 ? 1 : first < (byte) 0xe0 ? 2 : first < (byte) 0xf0 ? 3 : 4;
    }

    /** Bytes that {@link #encode} may need for a text. */
    static int room(String text) {
        return Math.multiplyExact(3, text.length());
    }

    /** Writes a text, with U+FFFD for a surrogate without its partner; gives the length. */
    static int encode(String text, byte[] out) {
        int at = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xc0 | c >> 6);
                out[at++] = trail(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xf0 | point >> 18);
                out[at++] = trail(point >> 12);
                out[at++] = trail(point >> 6);
                out[at++] = trail(point);
            } else {
                char whole = Character.isSurrogate(c) ? REPLACEMENT : c;
                out[at++] = (byte) (0xe0 | whole >> 12);
                out[at++] = trail(whole >> 6);
                out[at++] = trail(whole);
            }
        }
        return at;
    }

    private static byte trail(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    private static boolean isTrail(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
