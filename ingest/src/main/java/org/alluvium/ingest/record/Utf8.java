package org.alluvium.ingest.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict decoding of the bytes of a record. */
final class Utf8 {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What the JDK puts in place of malformed bytes. */
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * The characters of a line, without a byte order mark at its start.
     *
     * @throws RefusedException if the bytes are not UTF-8, naming the first offset at which they are not, hold NUL, or
     *     are blank
     */
    static String decode(byte[] bytes) throws RefusedException {
        String line = decodeText(bytes);
        if (line.isBlank()) {
            throw new RefusedException(DeadLetterReason.BLANK_LINE, "the line is blank");
        }
        return line;
    }

    /**
     * The characters of a text, without a byte order mark at its start.
     *
     * @throws RefusedException if the bytes are not UTF-8, naming the first offset at which they are not, or hold NUL
     */
    static String decodeText(byte[] bytes) throws RefusedException {
        String text = strict(bytes);
        if (text.indexOf('\0') >= 0) {
            throw new RefusedException(
                    DeadLetterReason.NUL_CHARACTER, "character " + text.indexOf('\0') + " of the record is NUL");
        }
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }

    /** Decodes as the JDK does fastest, and looks for what was malformed only if something may have been. */
    private static String strict(byte[] bytes) throws RefusedException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            int offset = malformedOffset(bytes);
            if (offset >= 0) {
                throw new RefusedException(
                        DeadLetterReason.INVALID_UTF8, "byte " + offset + " of the record is not UTF-8");
            }
        }
        return text;
    }

    /** Offset of the first byte that is not UTF-8, or -1. */
    private static int malformedOffset(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length), true);
        return result.isError() ? in.position() : -1;
    }

    /** Whether the bytes are UTF-8. */
    static boolean isValid(byte[] bytes) {
        return malformedOffset(bytes) < 0;
    }

    /**
     * The text with halves of surrogate pairs that stand alone replaced, as HTML does with references to them: no UTF-8 can
     * express them.
     */
    static String replaceLoneSurrogates(String text) {
        int lone = loneSurrogate(text);
        if (lone < 0) {
            return text;
        }
        char[] mended = text.toCharArray();
        for (; lone >= 0; lone = loneSurrogate(text, lone + 1)) {
            mended[lone] = REPLACEMENT;
        }
        return new String(mended);
    }

    /** Index of the first half of a surrogate pair that stands alone, or -1. */
    static int loneSurrogate(String text) {
        return loneSurrogate(text, 0);
    }

    private static int loneSurrogate(String text, int from) {
        int i = from;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (Character.getType(codePoint) == Character.SURROGATE) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return -1;
    }

    /**
     * A string that can be written in UTF-8 and has no NUL, as it is.
     *
     * @throws RefusedException if it holds half of a surrogate pair, or NUL
     */
    static String wellFormed(String text) throws RefusedException {
        int lone = loneSurrogate(text);
        if (lone >= 0) {
            throw new RefusedException(
                    DeadLetterReason.LONE_SURROGATE,
                    "character " + lone + " of a string is half of a surrogate pair: \\u"
                            + Integer.toHexString(text.charAt(lone)));
        }
        if (text.indexOf('\0') >= 0) {
            throw new RefusedException(
                    DeadLetterReason.NUL_CHARACTER, "character " + text.indexOf('\0') + " of a string is NUL");
        }
        return text;
    }
}
