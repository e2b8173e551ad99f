package org.alluvium.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a segment asks of storage; the seam at which tests make it fail. For one thread. */
interface SegmentFile {

    /** Writes everything at the given position. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Makes durable what has been written. */
    void force() throws IOException;

    /** Cuts the file to the length, closes it and gives it the name by which ingest finds it. Can be tried again. */
    void publish(long length) throws IOException;
}
