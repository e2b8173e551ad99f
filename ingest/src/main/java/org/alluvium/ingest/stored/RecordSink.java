package org.alluvium.ingest.stored;

import java.io.Closeable;
import java.io.IOException;

/** Takes the records of one file, and ends the file when it is closed. Not thread-safe. */
public interface RecordSink<T> extends Closeable {

    void write(T row) throws IOException;
}
