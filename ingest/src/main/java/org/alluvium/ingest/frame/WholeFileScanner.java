package org.alluvium.ingest.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.alluvium.ingest.record.DeadLetter;

/** Gathers all content as one record, or its beginning if it is too long. Not thread-safe. */
final class WholeFileScanner implements RecordScanner {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ContentStream content;
    private final long maxRecordBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long length;

    WholeFileScanner(ContentStream content, long maxRecordBytes) {
        this.content = content;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public Scan next() throws IOException {
        for (int worked = 0; worked < CALL_BYTES; ) {
            int read = content.read(buffer, 0, buffer.length);
            if (read < 0) {
                return takeAll();
            }
            keep(read);
            worked += read;
        }
        return new Scan.Unfinished();
    }

    private void keep(int bytes) {
        int wanted = length + bytes <= maxRecordBytes
                ? bytes
                : Math.max(0, Math.min(bytes, DeadLetter.EXCERPT_BYTES - begun.size()));
        begun.write(buffer, 0, wanted);
        length += bytes;
    }

    private Scan takeAll() {
        if (length == 0) {
            return new Scan.End();
        }
        long all = length;
        Scan scan = all > maxRecordBytes
                ? new Scan.TooLong(begun(), all, 0, all, true)
                : new Scan.Frame(begun.toByteArray(), 0, all, true);
        length = 0;
        begun = new ByteArrayOutputStream();
        return scan;
    }

    @Override
    public byte[] begun() {
        byte[] bytes = begun.toByteArray();
        return Arrays.copyOf(bytes, Math.min(bytes.length, DeadLetter.EXCERPT_BYTES));
    }
}
