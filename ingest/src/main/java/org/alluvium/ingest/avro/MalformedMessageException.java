package org.alluvium.ingest.avro;

/** The bytes are not what the schema says. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String detail) {
        // Without a stack trace: one is thrown per bad message, and nobody looks at where.
        super(detail, null, false, false);
    }
}
