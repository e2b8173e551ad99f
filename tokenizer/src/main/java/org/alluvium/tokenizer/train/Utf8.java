package org.alluvium.tokenizer.train;

/** UTF-8 as SentencePiece reads it: a byte that does not belong where it is becomes U+FFFD, and the next one is looked at. */
final class Utf8 {

    static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** Code point at {@code at}, and in the low four bits the number of its bytes:{@code point << 4 | bytes}. */
    static int decode(byte[] text, int at, int end) {
        int first = text[at] & 0xFF;
        if (first < 0x80) {
            return (first << 4) | 1;
        }
        int length = first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
        if (length == 0 || first >= 0xF8 || length > end - at) {
            return (REPLACEMENT << 4) | 1;
        }
        int point = first & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return (REPLACEMENT << 4) | 1;
            }
            point = (point << 6) | (text[at + i] & 0x3F);
        }
        return isShortest(point, length) && isScalar(point) ? (point << 4) | length : (REPLACEMENT << 4) | 1;
    }

    private static boolean isShortest(int point, int length) {
        return switch (length) {
            case 2 -> point >= 0x80;
            case 3 -> point >= 0x800;
            default -> point >= 0x10000;
        };
    }

    private static boolean isScalar(int point) {
        return point < 0xD800 || (point >= 0xE000 && point <= 0x10FFFF);
    }
}
