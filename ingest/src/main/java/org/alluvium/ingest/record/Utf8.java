package org.alluvium.ingest.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict decoding of the bytes of a line. */
final class Utf8 {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /**
     * The characters of a line, without a byte order mark at its start.
     *
     * @throws RefusedException if the bytes are not UTF-8, naming the first offset at which they are not, hold NUL, or
     *     are blank
     */
    static String decode(byte[] bytes) throws RefusedException {
        String text = strict(bytes);
        if (text.indexOf('\0') >= 0) {
            throw new RefusedException(
                    DeadLetterReason.NUL_CHARACTER, "character " + text.indexOf('\0') + " of the line is NUL");
        }
        if (text.isBlank()) {
            throw new RefusedException(DeadLetterReason.BLANK_LINE, "the line is blank");
        }
        return text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static String strict(byte[] bytes) throws RefusedException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new RefusedException(
                    DeadLetterReason.INVALID_UTF8, "byte " + in.position() + " of the line is not UTF-8");
        }
        return out.flip().toString();
    }

    /** Whether the bytes are UTF-8. */
    static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** Index of the first half of a surrogate pair that stands alone, or -1. */
    static int loneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (Character.getType(codePoint) == Character.SURROGATE) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return -1;
    }
}
