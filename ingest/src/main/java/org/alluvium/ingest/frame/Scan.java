package org.alluvium.ingest.frame;

import org.alluvium.ingest.record.DeadLetterReason;

/**
 * What a call of {@link RecordScanner#next} came to. Every outcome that is a record says how far it reaches: {@code lead}
 * counts what lies between the end of the record before and its own beginning and belongs to neither; {@code consumed}
 * counts everything up to its end, the lead included, and is at least 1. Both count in the unit of the scanner's positions.
 */
@SuppressWarnings("ArrayRecordComponent") // records are read once, never compared, and a copy of each would be waste
public sealed interface Scan {

    /**
     * A record.
     *
     * @param bytes its bytes, owned by the receiver
     * @param ended whether its end was seen; false if only the content ended, so that a file that grows may still have more
     *     of it
     */
    record Frame(byte[] bytes, long lead, long consumed, boolean ended) implements Scan {}

    /**
     * A record that is longer than allowed; it has been passed over.
     *
     * @param excerpt its first bytes, at most {@link org.alluvium.ingest.record.DeadLetter#EXCERPT_BYTES}
     * @param length its length in bytes
     * @param ended as in {@link Frame}
     */
    record TooLong(byte[] excerpt, long length, long lead, long consumed, boolean ended) implements Scan {}

    /**
     * Something where a record should be; the next call goes on behind it.
     *
     * @param reason what kind of damage it is
     * @param detail what is wrong, in a sentence for people
     * @param bytes what could be read of it, at most as much as a record may be long
     */
    record Damaged(DeadLetterReason reason, String detail, byte[] bytes, long lead, long consumed) implements Scan {}

    /** Nothing yet; call again. */
    record Unfinished() implements Scan {}

    /** There is no further record. */
    record End() implements Scan {}
}
