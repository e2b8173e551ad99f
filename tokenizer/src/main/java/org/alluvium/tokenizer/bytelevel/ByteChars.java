package org.alluvium.tokenizer.bytelevel;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The characters that stand for bytes in byte-level vocabularies, as GPT-2 introduced them: printable Latin-1 characters for
 * themselves, and U+0100 and its followers for the others, in the order of the bytes.
 */
public final class ByteChars {

    private static final int BYTES = 256;
    private static final char[] CHARS = chars();
    private static final Map<Character, Byte> VALUES = values();

    private ByteChars() {}

    /** The character that stands for a byte. */
    public static char of(byte value) {
        return CHARS[value & 0xFF];
    }

    /** The bytes that a text of such characters stands for, or null if there are others in it. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            Byte value = VALUES.get(text.charAt(i));
            if (value == null) {
                return null;
            }
            bytes.write(value);
        }
        return bytes.toByteArray();
    }

    private static char[] chars() {
        char[] chars = new char[BYTES];
        char next = 0x100;
        for (int value = 0; value < BYTES; value++) {
            boolean printable = (value > ' ' && value < 0x7F) || (value > 0xA0 && value != 0xAD);
            chars[value] = printable ? (char) value : next++;
        }
        return chars;
    }

    private static Map<Character, Byte> values() {
        Map<Character, Byte> values = new HashMap<>(2 * BYTES);
        for (int value = 0; value < BYTES; value++) {
            values.put(CHARS[value], (byte) value);
        }
        return values;
    }
}
