package org.alluvium.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file between two offsets. What was appended behind the end later is not seen. Not thread-safe. */
final class FileRange extends InputStream {

    private final FileChannel file;
    private final long end;
    private long position;

    FileRange(FileChannel file, long start, long end) {
        this.file = file;
        this.position = start;
        this.end = end;
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
        int wanted = (int) Math.min(length, end - position);
        int read = file.read(ByteBuffer.wrap(into, offset, wanted), position);
        if (read < 0) {
            throw new ChangedFileException(
                    "the file was " + end + " bytes long when it was found and is only " + file.size() + " bytes now");
        }
        position += read;
        return read;
    }
}
