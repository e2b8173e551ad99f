package org.alluvium.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The content of a bzip2 file of any number of streams. Behind damage it goes on at the next stream, which is looked for
 * right behind the beginning of the damaged one. A stream's blocks carry checksums, which are compared when a block has been
 * delivered. Not thread-safe.
 */
final class Bzip2Streams extends ContentStream {

    /** What every stream begins with, but for the digit of its block size; then follows its first block or its end. */
    private static final byte[] MAGIC = "BZh".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final int HEADER_BYTES = MAGIC.length + 1 + BLOCK.length;
    private static final int READ_BYTES = 64 * 1024;

    private final FileRange file;
    private Input input;
    private BZip2CompressorInputStream stream; // null between two streams
    private long streamStart;

    /** What the decoder threw after it had delivered something. */
    private DamagedContentException pending;

    private boolean ended;

    Bzip2Streams(FileRange file) {
        this.file = file;
        this.input = new Input(file);
    }

    /** Asks the decoder for single bytes: it forgets what precedes damage in an array that it was to fill. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (pending != null) {
            DamagedContentException damaged = pending;
            pending = null;
            throw damaged;
        }
        int read = 0;
        while (read < length && !ended) {
            try {
                int next = next();
                if (next >= 0) {
                    into[offset + read] = (byte) next;
                    read++;
                }
            } catch (DamagedContentException damaged) {
                if (read == 0) {
                    throw damaged;
                }
                pending = damaged;
                return read;
            }
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    /** The next byte of content; -1 at the end of a stream, and of the file. */
    private int next() throws IOException {
        try {
            if (stream == null && !open()) {
                ended = true;
                return -1;
            }
            int next = stream.read();
            if (next < 0) {
                stream = null;
            }
            return next;
        } catch (IOException | IndexOutOfBoundsException failed) {
            if (input.failed) {
                throw failed;
            }
            throw new DamagedContentException("the bzip2 file is damaged: " + failed.getMessage(), failed);
        }
    }

    private boolean open() throws IOException {
        if (input.isAtEnd()) {
            return false;
        }
        streamStart = input.offset();
        stream = new BZip2CompressorInputStream(input, false);
        return true;
    }

    /** Looks through the rest of the file, however long it is. */
    @Override
    public boolean resynchronize() throws IOException {
        stream = null;
        long start = nextStream(streamStart + 1);
        ended = start < 0;
        if (!ended) {
            seek(start);
        }
        return !ended;
    }

    private long nextStream(long from) throws IOException {
        seek(from);
        byte[] seen = new byte[HEADER_BYTES];
        int next = input.read();
        for (long read = 1; next >= 0; read++) {
            System.arraycopy(seen, 1, seen, 0, HEADER_BYTES - 1);
            seen[HEADER_BYTES - 1] = (byte) next;
            if (read >= HEADER_BYTES && isHeader(seen)) {
                return from + read - HEADER_BYTES;
            }
            next = input.read();
        }
        return -1;
    }

    private static boolean isHeader(byte[] bytes) {
        return startsWith(bytes, 0, MAGIC) && startsWith(bytes, MAGIC.length + 1, BLOCK);
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private void seek(long position) {
        file.seek(position);
        input = new Input(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The file by single bytes, as the decoder takes it. Tells what cannot be read from what is damaged. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // never called
    private static final class Input extends InputStream {

        private final FileRange file;
        private final byte[] buffer = new byte[READ_BYTES];
        private int position;
        private int limit;
        private boolean failed;

        Input(FileRange file) {
            this.file = file;
        }

        /** Offset in the file of the next byte. */
        long offset() {
            return file.position() - (limit - position);
        }

        boolean isAtEnd() throws IOException {
            return position == limit && !fill();
        }

        @Override
        public int read() throws IOException {
            return isAtEnd() ? -1 : buffer[position++] & 0xFF;
        }

        private boolean fill() throws IOException {
            position = 0;
            limit = 0;
            failed = true;
            limit = Math.max(0, file.read(buffer, 0, buffer.length));
            failed = false;
            return limit > 0;
        }
    }
}
