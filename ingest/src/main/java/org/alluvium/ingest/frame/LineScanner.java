package org.alluvium.ingest.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.alluvium.ingest.record.DeadLetter;

/** Cuts content at its line feeds. Of a line that is too long only the beginning is kept. Not thread-safe. */
final class LineScanner implements RecordScanner {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ContentStream content;
    private final long maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /** Whether the content began inside a line whose end has not been found yet. */
    private boolean insideForeignLine;

    private long lead;

    /** What earlier buffers held of the current line: all of it, or an excerpt once it is too long. */
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();

    private long begunBytes;

    LineScanner(ContentStream content, Framing.Entry entry, long maxLineBytes) {
        this.content = content;
        this.insideForeignLine = entry == Framing.Entry.ANYWHERE;
        this.maxLineBytes = maxLineBytes;
    }

    /** The next line; the last one need not end with a line feed. */
    @Override
    public Scan next() throws IOException {
        for (int worked = 0; worked < CALL_BYTES; worked += limit) {
            if (position == limit && !fill()) {
                return begunBytes == 0 ? new Scan.End() : take(0, false);
            }
            int feed = indexOfFeed();
            if (insideForeignLine) {
                leaveForeignLine(feed);
            } else if (feed >= 0) {
                return take(feed - position, true);
            } else {
                keep(limit - position);
            }
        }
        return new Scan.Unfinished();
    }

    @Override
    public byte[] begun() {
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

    private void leaveForeignLine(int feed) {
        int behind = feed < 0 ? limit : feed + 1;
        lead += behind - position;
        position = behind;
        insideForeignLine = feed < 0;
    }

    private Scan take(int lastBytes, boolean ended) {
        long length = begunBytes + lastBytes;
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
        return scanOf(bytes, length, ended);
    }

    private Scan scanOf(byte[] bytes, long length, boolean ended) {
        long before = lead;
        long consumed = before + (ended ? length + 1 : length);
        lead = 0;
        return length > maxLineBytes
                ? new Scan.TooLong(excerptOf(bytes), length, before, consumed, ended)
                : new Scan.Frame(bytes, before, consumed, ended);
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
        limit = Math.max(0, content.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
