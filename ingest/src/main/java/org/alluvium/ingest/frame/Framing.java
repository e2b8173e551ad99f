package org.alluvium.ingest.frame;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalInt;

/** How the files of one format fall into records. Implementations are stateless. */
public sealed interface Framing {

    /**
     * Whether a file is one record. Such a file may be written anew: what it then holds is another version of the same
     * record, while files of other formats may at most grow.
     */
    default boolean isWholeFile() {
        return false;
    }

    /** Where in a file the content of a scanner begins. */
    enum Entry {
        /** At the beginning of the file, or behind a record. */
        AT_RECORD,
        /** {@link Streamed#lookBehind} bytes before a place anywhere in the file, even inside a record. */
        ANYWHERE
    }

    /**
     * A range of a file's bytes. It holds the records that begin in it, and of a format that gathers records in blocks those
     * whose block begins in it; the ranges of a file together hold each record once.
     *
     * @param start first byte
     * @param end behind the last byte
     */
    record Range(long start, long end) implements Serializable {}

    /** Records follow each other in a stream of bytes, which may be compressed. Positions are bytes of content. */
    non-sealed interface Streamed extends Framing {

        /**
         * How many bytes before a place a scanner must see to know whether a record begins right there. Empty if records can
         * only be told apart from the beginning of the file, so that it cannot be cut into ranges.
         */
        OptionalInt lookBehind();

        /**
         * A scanner of the content. Entered anywhere, it yields only records that begin at or behind that place.
         *
         * @param maxRecordBytes longest record
         */
        RecordScanner scan(ContentStream content, Entry entry, long maxRecordBytes);
    }

    /** Records are found through an index in the file. Positions are whatever counts them, such as rows from 0. */
    non-sealed interface Indexed extends Framing {

        /**
         * A scanner of the records of a range that stand at {@code from} or behind; the lead of the first one leads from
         * there to it.
         *
         * @param file at any position; the scanner moves it as it likes, and does not close it
         * @param range what of the file
         * @param from position that an earlier scanner of the same range had come to, 0 if there was none
         * @param maxRecordBytes longest record
         * @throws DamagedContentException if the file has no index
         * @throws IOException if the file cannot be read
         */
        RecordScanner scan(SeekableByteChannel file, Range range, long from, long maxRecordBytes) throws IOException;
    }
}
