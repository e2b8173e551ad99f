package org.alluvium.ingest.file;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.alluvium.ingest.record.DeadLetter;

/**
 * Cuts a stream of bytes at its line feeds, a bounded amount of work at a time. Needs memory for one line of the allowed
 * length; of a longer one only the beginning is kept. Not thread-safe.
 */
final class LineScanner {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Bytes that one call works through at most before it returns to its caller. */
    private static final int CALL_BYTES = 1024 * 1024;

    private final InputStream in;
    private final long maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /** What earlier buffers held of the current line: all of it, or an excerpt once it is too long. */
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();

    private long begunBytes;

    LineScanner(InputStream in, long maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** What a call came to. */
    sealed interface Scan {}

    /** A line. {@code consumedBytes} counts its line feed where it had one. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Line(byte[] bytes, long consumedBytes, boolean ended) implements Scan {}

    /** A line that is too long, with its first bytes. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record TooLong(byte[] excerpt, long consumedBytes, boolean ended) implements Scan {}

    /** Nothing yet; call again. */
    record Unfinished() implements Scan {}

    /** The stream ended, and not inside a line. */
    record End() implements Scan {}

    /** Skips up to {@code bytes} and returns how many; fewer only to return soon. */
    long skip(long bytes) throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the file ends before the point where reading had stopped");
        }
        int skipped = (int) Math.min(bytes, limit - position);
        position += skipped;
        return skipped;
    }

    /** The next line; the last one need not end with a line feed. */
    Scan next() throws IOException {
        for (int worked = 0; worked < CALL_BYTES; worked += limit) {
            if (position == limit && !fill()) {
                return begunBytes == 0 ? new End() : take(0, false);
            }
            int feed = indexOfFeed();
            if (feed >= 0) {
                return take(feed - position, true);
            }
            keep(limit - position);
        }
        return new Unfinished();
    }

    /** The first bytes of the line that was begun and not ended. */
    byte[] begunExcerpt() {
        return excerptOf(begun.toByteArray());
    }

    private int indexOfFeed() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private Scan take(int lastBytes, boolean ended) {
        long length = begunBytes + lastBytes;
        long consumed = ended ? length + 1 : length;
        byte[] bytes;
        if (begunBytes == 0) {
            bytes = Arrays.copyOfRange(buffer, position, position + lastBytes);
            position += lastBytes;
        } else {
            keep(lastBytes);
            bytes = begun.toByteArray();
            begun = new ByteArrayOutputStream(); // a long line's memory is given back
        }
        if (ended) {
            position++;
        }
        begunBytes = 0;
        return length > maxLineBytes
                ? new TooLong(excerptOf(bytes), consumed, ended)
                : new Line(bytes, consumed, ended);
    }

    /** Moves bytes from the buffer to the line that was begun, or only counts them once it is too long. */
    private void keep(int bytes) {
        int wanted = begunBytes + bytes <= maxLineBytes
                ? bytes
                : Math.max(0, Math.min(bytes, DeadLetter.EXCERPT_BYTES - begun.size()));
        begun.write(buffer, position, wanted);
        begunBytes += bytes;
        position += bytes;
    }

    private static byte[] excerptOf(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, DeadLetter.EXCERPT_BYTES));
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
