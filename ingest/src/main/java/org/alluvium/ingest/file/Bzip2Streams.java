package org.alluvium.ingest.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The content of a bzip2 file of any number of streams. A block is delivered once its checksum was found right: a damaged
 * one comes out as its own text shuffled, which could pass for records. Behind damage it goes on at the next stream, which
 * is looked for right behind the beginning of the damaged one. Not thread-safe.
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
    private boolean ended;

    /** What was decoded of the block that the decoder is in. */
    private ByteArrayOutputStream block = new ByteArrayOutputStream();

    // The last block that was found right, and how much of it has been delivered.
    private byte[] verified = {};
    private int delivered;

    Bzip2Streams(FileRange file) {
        this.file = file;
        this.input = new Input(file);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (delivered == verified.length && !ended) {
            decode();
        }
        if (delivered == verified.length) {
            return -1;
        }
        int read = Math.min(length, verified.length - delivered);
        System.arraycopy(verified, delivered, into, offset, read);
        delivered += read;
        return read;
    }

    /** Decodes a block, or finds the end of a stream or of the file. What damage makes the decoder throw is not specified. */
    private void decode() throws IOException {
        try {
            if (stream == null && !open()) {
                ended = true;
                return;
            }
            decodeBlock();
        } catch (IOException | RuntimeException failed) {
            if (input.failed) {
                throw failed;
            }
            block.reset();
            throw new DamagedContentException("the bzip2 file is damaged: " + failed.getMessage(), failed);
        }
    }

    /** The decoder takes a whole block at once, after it has compared the checksum of the one before. */
    private void decodeBlock() throws IOException {
        long taken = stream.getCompressedCount();
        int next = stream.read();
        while (next >= 0 && stream.getCompressedCount() == taken) {
            block.write(next);
            next = stream.read();
        }
        verified = block.toByteArray();
        delivered = 0;
        block.reset();
        if (next >= 0) {
            block.write(next);
        } else {
            stream = null;
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
        verified = new byte[0];
        delivered = 0;
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
