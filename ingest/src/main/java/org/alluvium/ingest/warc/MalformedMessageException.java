package org.alluvium.ingest.warc;

/** Bytes are not the message they should be; the message says in what they differ. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        // Without a stack trace: one is thrown per bad record, and nobody looks at where.
        super(message, null, false, false);
    }
}
