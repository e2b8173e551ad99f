package org.alluvium.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.gateway.batch.PushedRecord;
import org.alluvium.ingest.file.Origin;

/** A file of the spool while it grows. Not thread-safe. */
final class Segment {

    private final String name;
    private final SegmentFile file;
    private final ByteBuffer chunk;
    private long written;
    private long durable;

    /** @param chunk through which everything is written; nobody else uses it while this does */
    Segment(String name, SegmentFile file, ByteBuffer chunk) {
        this.name = name;
        this.file = file;
        this.chunk = chunk;
    }

    /** Writes the records, each as a line, and returns their origins; {@link #force} makes them durable. */
    List<String> append(List<PushedRecord> records) throws IOException {
        List<String> origins = new ArrayList<>(records.size());
        chunk.clear();
        for (PushedRecord record : records) {
            origins.add(new Origin(name, written + chunk.position()).toString());
            put(record.line());
            if (!chunk.hasRemaining()) {
                flush();
            }
            chunk.put((byte) '\n');
        }
        flush();
        return origins;
    }

    private void put(byte[] line) throws IOException {
        for (int from = 0; from < line.length; ) {
            if (!chunk.hasRemaining()) {
                flush();
            }
            int length = Math.min(chunk.remaining(), line.length - from);
            chunk.put(line, from, length);
            from += length;
        }
    }

    private void flush() throws IOException {
        chunk.flip();
        int length = chunk.remaining();
        file.write(chunk, written);
        written += length;
        chunk.clear();
    }

    /** Makes what has been appended durable. */
    void force() throws IOException {
        file.force();
        durable = written;
    }

    /** Bytes that are durable. */
    long durable() {
        return durable;
    }

    /** Lets ingest find what is durable; what is not, is cut off. Can be tried again. */
    void publish() throws IOException {
        file.publish(durable);
    }

    @Override
    public String toString() {
        return name;
    }
}
