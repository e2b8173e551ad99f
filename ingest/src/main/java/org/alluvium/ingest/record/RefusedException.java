package org.alluvium.ingest.record;

/** A record is not a document; {@link RecordParser} makes a {@link DeadLetter} of it. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    public RefusedException(DeadLetterReason reason, String detail) {
        // Without a stack trace: one is thrown per bad line, and nobody looks at where.
        super(detail, null, false, false);
        this.reason = reason;
    }

    DeadLetterReason reason() {
        return reason;
    }
}
