package org.alluvium.ingest.record;

/** A line is not a document; never leaves this package, where it becomes a {@link DeadLetter}. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    RefusedException(DeadLetterReason reason, String detail) {
        // Without a stack trace: one is thrown per bad line, and nobody looks at where.
        super(detail, null, false, false);
        this.reason = reason;
    }

    DeadLetterReason reason() {
        return reason;
    }
}
