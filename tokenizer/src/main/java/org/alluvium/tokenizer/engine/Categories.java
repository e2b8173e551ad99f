package org.alluvium.tokenizer.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The general categories of characters in <b>Unicode 16.0</b>, whatever the JVM knows, by the numbers that Java gives them. A
 * resource of runs, {@code <length in hexadecimal><letter>}, over all characters from U+0000 on; the letter of a category is as
 * far behind A as its number says. A test makes it again where the JVM has this version.
 */
final class Categories {

    static final String RESOURCE = "categories-16.0.txt";

    private static final byte[] CATEGORIES = read();

    private Categories() {}

    /** As {@link Character#getType(int)} of Unicode 16.0. */
    static byte of(int character) {
        return CATEGORIES[character];
    }

    private static byte[] read() {
        byte[] categories = new byte[Character.MAX_CODE_POINT + 1];
        int at = 0;
        int length = 0;
        for (byte c : resource()) {
            if (c >= 'A' && c <= '_') {
                Arrays.fill(categories, at, at + length, (byte) (c - 'A'));
                at += length;
                length = 0;
            } else if (c > ' ') {
                length = 16 * length + Character.digit(c, 16);
            }
        }
        if (at != categories.length) {
            throw new IllegalStateException("resource " + RESOURCE + " covers " + at + " characters");
        }
        return categories;
    }

    private static byte[] resource() {
        try (InputStream in = Categories.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
        }
    }
}
