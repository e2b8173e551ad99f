package org.alluvium.ingest.record;

/**
 * What a reader yields: one line of a file, or the news that something of a file could not be read. Either counts as one
 * record read, and becomes exactly one document or dead letter.
 */
@SuppressWarnings("ArrayRecordComponent") // records are read once, never compared, and a copy of each would be waste
public sealed interface SourceRecord {

    /** Short name of the source, as configured. */
    String source();

    /** Where it was read: {@code relativePath#recordNumber}, records counted from 1. */
    String origin();

    /** When the file was last changed, in milliseconds since the epoch: the event time of a document that has none. */
    long fileTimeMillis();

    /**
     * A line.
     *
     * @param bytes its bytes without the line feed, owned by the record; nothing about them has been checked but their
     *     number
     */
    record Line(String source, String origin, long fileTimeMillis, byte[] bytes) implements SourceRecord {}

    /**
     * Something that could not be read: a line that is too long, a damaged rest of a file, a whole file.
     *
     * @param reason what kind of failure it is
     * @param detail what happened, in a sentence for people
     * @param excerpt the first bytes of what was refused, at most {@link DeadLetter#EXCERPT_BYTES}; empty if there are none
     */
    record Failure(
            String source, String origin, long fileTimeMillis, DeadLetterReason reason, String detail, byte[] excerpt)
            implements SourceRecord {}
}
