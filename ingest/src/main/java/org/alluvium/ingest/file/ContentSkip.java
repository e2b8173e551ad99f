package org.alluvium.ingest.file;

import java.io.IOException;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;
import org.alluvium.ingest.frame.RecordScanner;

/**
 * The way through compressed content to where reading had stopped. Damage that had been passed over is met again at the
 * same place, and passed over again. Not thread-safe.
 */
final class ContentSkip {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ContentStream content;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long left;

    ContentSkip(ContentStream content, long bytes) {
        this.content = content;
        this.left = bytes;
    }

    boolean isDone() {
        return left == 0;
    }

    /** Goes on for as long as a call may take. */
    void goOn() throws IOException {
        for (int worked = 0; left > 0 && worked < RecordScanner.CALL_BYTES; ) {
            int skipped = skip();
            left -= skipped;
            worked += skipped;
        }
    }

    private int skip() throws IOException {
        int read;
        try {
            read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        } catch (DamagedContentException known) {
            content.resynchronize();
            return 1;
        }
        if (read < 0) {
            throw new DamagedContentException("the file ends before the point where reading had stopped");
        }
        return read;
    }
}
