package org.alluvium.ingest.record;

import java.util.Arrays;

/**
 * A record that is not a document, with everything needed to find it and to see why.
 *
 * @param source short name of the source
 * @param origin where it was read: {@code relativePath#recordNumber}
 * @param reason what kind of refusal it is
 * @param detail what exactly was wrong, in a sentence for people
 * @param excerpt the first bytes of the record, at most {@link #EXCERPT_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // dead letters are written, never compared
public record DeadLetter(String source, String origin, DeadLetterReason reason, String detail, byte[] excerpt)
        implements Parsed {

    /** Most bytes of a refused record that are kept: enough to recognise it, and most records whole. */
    public static final int EXCERPT_BYTES = 16 * 1024;

    /** The dead letter of a record, with its excerpt cut to size. */
    static DeadLetter of(SourceRecord.Content content, DeadLetterReason reason, String detail) {
        byte[] bytes = content.bytes();
        return new DeadLetter(
                content.source(),
                content.origin(),
                reason,
                detail,
                Arrays.copyOf(bytes, Math.min(bytes.length, EXCERPT_BYTES)));
    }

    /** The dead letter of what could not be read. */
    static DeadLetter of(SourceRecord.Failure failure) {
        return new DeadLetter(failure.source(), failure.origin(), failure.reason(), failure.detail(), failure.bytes());
    }
}
