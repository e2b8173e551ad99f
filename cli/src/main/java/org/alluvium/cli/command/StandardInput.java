package org.alluvium.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is given on standard input. */
final class StandardInput {

    private StandardInput() {}

    /** All of it, in UTF-8, without white space at its end. */
    static String text() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }
}
