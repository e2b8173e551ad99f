package org.alluvium.ingest.record;

import java.util.Optional;

/**
 * A record that is not a document, whole if it could be read, with everything needed to find it, to see why, and to try it
 * again.
 *
 * @param source short name of the source
 * @param origin where it was read, as {@link SourceRecord} says
 * @param timeMillis the record's time, as {@link SourceRecord} says
 * @param key name that the source gave the record, if any
 * @param attempt how many times the record has been tried, this time included
 * @param reason what kind of refusal it is
 * @param detail what exactly was wrong, in a sentence for people
 * @param bytes the record as it was read, or what was kept of it
 * @param length bytes of the whole record, {@link #UNKNOWN_LENGTH} where that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // dead letters are written, never compared
public record DeadLetter(
        String source,
        String origin,
        long timeMillis,
        Optional<String> key,
        int attempt,
        DeadLetterReason reason,
        String detail,
        byte[] bytes,
        long length)
        implements Parsed {

    /** Most bytes that are kept of what cannot be read as a record: enough to recognise it. */
    public static final int EXCERPT_BYTES = 16 * 1024;

    /** The length of what could not be read, or not to its end. */
    public static final long UNKNOWN_LENGTH = -1;

    /** The dead letter of a record, whole. */
    public static DeadLetter of(SourceRecord.Content content, DeadLetterReason reason, String detail) {
        return new DeadLetter(
                content.source(),
                content.origin(),
                content.timeMillis(),
                content.key(),
                content.attempt(),
                reason,
                detail,
                content.bytes(),
                content.bytes().length);
    }

    /** The dead letter of what could not be read. */
    public static DeadLetter of(SourceRecord.Failure failure) {
        return new DeadLetter(
                failure.source(),
                failure.origin(),
                failure.timeMillis(),
                Optional.empty(),
                1,
                failure.reason(),
                failure.detail(),
                failure.bytes(),
                failure.length());
    }

    /** What is left of the letter when its document is taken down: that there was one, and why. */
    public DeadLetter blank() {
        return new DeadLetter(
                source, "", 0, Optional.empty(), attempt, reason, "taken down", new byte[0], UNKNOWN_LENGTH);
    }

    /** Whether all bytes of the record are here, so that it can be tried again. */
    public boolean isWhole() {
        return bytes.length == length;
    }

    /** The record as its source first gave it, for its next attempt; only of one that {@linkplain #isWhole is whole}. */
    public SourceRecord.Content nextAttempt() {
        if (!isWhole()) {
            throw new IllegalStateException("not all of the record at " + origin + " of " + source + " was kept");
        }
        return new SourceRecord.Content(source, origin, timeMillis, key, attempt + 1, bytes);
    }
}
