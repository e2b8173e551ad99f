package org.alluvium.ingest.frame;

import java.io.IOException;

/**
 * Cuts content into records, a bounded amount of work at a time. What it yields depends on the content alone: a scanner that
 * begins where another has come to (the sum of all {@code consumed}) yields exactly what that one would have yielded next.
 * It needs memory for one record of the allowed length. Not thread-safe; whoever made the content closes it.
 */
public interface RecordScanner {

    /** Bytes that one call works through before it returns {@link Scan.Unfinished}, at most and about. */
    int CALL_BYTES = 1024 * 1024;

    /**
     * The next record, or that it takes another call to find it.
     *
     * @throws DamagedContentException if the content cannot be decompressed and the format does not go on behind such a place
     * @throws IOException if the file cannot be read
     */
    Scan next() throws IOException;

    /** The first bytes of the record that was begun when {@link #next} threw; empty if none was. */
    byte[] begun();
}
