package org.alluvium.ingest.frame;

import org.alluvium.ingest.record.DeadLetterReason;

/** What a call of {@link RecordScanner#next} came to. */
@SuppressWarnings("ArrayRecordComponent") // records are read once, never compared, and a copy of each would be waste
public sealed interface Scan {

    /** A record, or what is in the place of one. Positions count in the unit of the scanner. */
    sealed interface Found extends Scan {

        /** How much lies between the end of the record before and the beginning of this one and belongs to neither. */
        long lead();

        /** How much lies between the end of the record before and the end of this one, the lead included; at least 1. */
        long consumed();

        /**
         * Whether the end was seen; false if only the content ended, so that a file that grows may still have more of it.
         */
        boolean ended();
    }

    /**
     * A record.
     *
     * @param bytes its bytes, owned by the receiver
     */
    record Frame(byte[] bytes, long lead, long consumed, boolean ended) implements Found {}

    /**
     * A record that is longer than allowed; it has been passed over.
     *
     * @param excerpt its first bytes, at most {@link org.alluvium.ingest.record.DeadLetter#EXCERPT_BYTES}
     * @param length its length in bytes
     */
    record TooLong(byte[] excerpt, long length, long lead, long consumed, boolean ended) implements Found {}

    /**
     * Something where a record should be; the next call goes on behind it.
     *
     * @param reason what kind of damage it is
     * @param detail what is wrong, in a sentence for people
     * @param bytes what could be read of it, at most as much as a record may be long
     */
    record Damaged(DeadLetterReason reason, String detail, byte[] bytes, long lead, long consumed) implements Found {
        @Override
        public boolean ended() {
            return true;
        }
    }

    /** Nothing yet; call again. */
    record Unfinished() implements Scan {}

    /** There is no further record. */
    record End() implements Scan {}
}
