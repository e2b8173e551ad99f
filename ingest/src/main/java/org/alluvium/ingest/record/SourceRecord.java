package org.alluvium.ingest.record;

import java.util.Optional;

/**
 * What a reader yields: the bytes of one record, the wish that a document be deleted, or the news that something could not
 * be read. Each counts as one record read, and becomes exactly one {@link Parsed}.
 */
@SuppressWarnings("ArrayRecordComponent") // records are read once, never compared, and a copy of each would be waste
public sealed interface SourceRecord {

    /** Short name of the source, as configured. */
    String source();

    /**
     * Where it was read: {@code path@offset}, the byte of the file's content at which the record begins, or {@code
     * topic-partition@offset}.
     */
    String origin();

    /**
     * When the file was last changed, or the message was written, in milliseconds since the epoch: the event time of a
     * document that has none.
     */
    long timeMillis();

    /**
     * The bytes of a record.
     *
     * @param key name that the source itself gives the record, such as the key of a message: the id of a document that has
     *     none
     * @param attempt how many times the record has been tried, this time included
     * @param bytes its bytes without what separates it from the next, owned by the record; nothing about them has been
     *     checked but their number
     */
    record Content(String source, String origin, long timeMillis, Optional<String> key, int attempt, byte[] bytes)
            implements SourceRecord {

        /** A record without a name that is tried for the first time. */
        public static Content of(String source, String origin, long timeMillis, byte[] bytes) {
            return new Content(source, origin, timeMillis, Optional.empty(), 1, bytes);
        }
    }

    /**
     * The source says that a document is no more.
     *
     * @param key id of the document
     */
    record Tombstone(String source, String origin, long timeMillis, String key) implements SourceRecord {}

    /**
     * Something that could not be read: a line that is too long, a damaged rest of a file, a whole file.
     *
     * @param reason what kind of failure it is
     * @param detail what happened, in a sentence for people
     * @param bytes what there is of the record, owned by it; empty if there is nothing
     * @param length bytes of the whole record, {@link DeadLetter#UNKNOWN_LENGTH} where that is not known
     */
    record Failure(
            String source,
            String origin,
            long timeMillis,
            DeadLetterReason reason,
            String detail,
            byte[] bytes,
            long length)
            implements SourceRecord {

        /** A failure to read something of unknown length. */
        public Failure(
                String source, String origin, long timeMillis, DeadLetterReason reason, String detail, byte[] bytes) {
            this(source, origin, timeMillis, reason, detail, bytes, DeadLetter.UNKNOWN_LENGTH);
        }
    }
}
