package org.alluvium.ingest.mail;

/** Bytes are not a message; says why. */
public final class NotMailException extends Exception {
    private static final long serialVersionUID = 1L;

    NotMailException(String message) {
        // Without a stack trace: one is thrown per bad message, and nobody looks at where.
        super(message, null, false, false);
    }
}
