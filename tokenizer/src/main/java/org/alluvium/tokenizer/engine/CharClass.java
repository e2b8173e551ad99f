package org.alluvium.tokenizer.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The classes of characters that the patterns of byte-level vocabularies tell apart, of <b>Unicode 16.0</b> whatever the
 * JVM knows: ids do not depend on the Java version. 16.0 is what Java 25 and Hugging Face's tokenizers have.
 *
 * <p>The classes are a resource of runs, {@code <length in hexadecimal><letter>}, over all characters from U+0000 on. A test
 * makes it again from the JVM's own properties where that JVM has this version.
 */
final class CharClass {

    /** Anything else. */
    static final byte OTHER = 0;

    /** Part of a word ({@code \w}) and neither letter nor number: marks, connectors, some symbols. */
    static final byte WORD = 1;

    /** {@code \p{L}}; part of a word. */
    static final byte LETTER = 2;

    /** {@code \p{N}}, and part of a word. */
    static final byte NUMBER = 3;

    /** {@code \p{N}}, and not part of a word, such as ½. */
    static final byte FRACTION = 4;

    /** {@code \s}: white space. */
    static final byte SPACE = 5;

    /** The letter that each class has in the resource. */
    static final String LETTERS = "OWLNFS";

    static final String RESOURCE = "unicode-16.0.txt";

    private static final byte[] CLASSES = read();

    private CharClass() {}

    static byte of(int character) {
        return CLASSES[character];
    }

    static boolean isNumber(byte charClass) {
        return charClass == NUMBER || charClass == FRACTION;
    }

    /** Whether a word goes on in characters of this class. */
    static boolean isWord(byte charClass) {
        return charClass >= WORD && charClass <= NUMBER;
    }

    private static byte[] read() {
        String runs = resource();
        byte[] classes = new byte[Character.MAX_CODE_POINT + 1];
        int at = 0;
        int length = 0;
        for (int i = 0; i < runs.length(); i++) {
            char c = runs.charAt(i);
            int digit = Character.digit(c, 16);
            int charClass = LETTERS.indexOf(c);
            if (digit >= 0 && !Character.isUpperCase(c)) {
                length = 16 * length + digit;
            } else if (charClass >= 0) {
                Arrays.fill(classes, at, at + length, (byte) charClass);
                at += length;
                length = 0;
            }
        }
        if (at != classes.length) {
            throw new IllegalStateException("resource " + RESOURCE + " covers " + at + " characters");
        }
        return classes;
    }

    private static String resource() {
        try (InputStream in = CharClass.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
        }
    }
}
