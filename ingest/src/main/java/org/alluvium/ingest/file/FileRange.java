package org.alluvium.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * The bytes of a file between two offsets. What was appended behind the end later is not seen. It keeps its own position, so
 * that others may move the file's between two reads. Not thread-safe; does not close the file.
 */
final class FileRange extends InputStream {

    private final SeekableByteChannel file;
    private final long end;
    private long position;

    FileRange(SeekableByteChannel file, long start, long end) {
        this.file = file;
        this.position = start;
        this.end = end;
    }

    /** Offset in the file of the next byte. */
    long position() {
        return position;
    }

    void seek(long newPosition) {
        position = newPosition;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (position >= end) {
            return -1;
        }
        if (file.position() != position) {
            file.position(position);
        }
        int wanted = (int) Math.min(length, end - position);
        int read = file.read(ByteBuffer.wrap(into, offset, wanted));
        if (read < 0) {
            throw new ChangedFileException(
                    "the file was " + end + " bytes long when it was found and is only " + file.size() + " bytes now");
        }
        position += read;
        return read;
    }
}
