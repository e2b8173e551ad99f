package org.alluvium.dashboard.lineage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads the whole lines of a file from a place on. A last line without its line feed is left alone. */
final class LineReader {

    private static final int BLOCK_BYTES = 1 << 18;

    private LineReader() {}

    /** What is done with a line. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Looks at a line, which is only there during the call.
         *
         * @param line where it stands
         * @param offset of its first byte in the file
         * @return whether to go on
         */
        boolean visit(Line line, long offset) throws IOException;
    }

    /**
     * A line in a buffer.
     *
     * @param bytes the buffer
     * @param from its first byte
     * @param to its line feed
     */
    @SuppressWarnings("ArrayRecordComponent") // a view of a buffer; never compared
    record Line(byte[] bytes, int from, int to) {}

    /** Visits line by line and returns the place after the last one. */
    static long read(Path file, long from, Visitor visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] bytes = new byte[BLOCK_BYTES];
            long offset = from; // of the first byte of the buffer
            int filled = 0;
            int got = channel.read(ByteBuffer.wrap(bytes), offset);
            while (got > 0) {
                int begin = 0;
                for (int i = filled; i < filled + got; i++) {
                    if (bytes[i] == '\n') {
                        boolean goOn = visitor.visit(new Line(bytes, begin, i), offset + begin);
                        begin = i + 1;
                        if (!goOn) {
                            return offset + begin;
                        }
                    }
                }
                filled += got - begin;
                offset += begin;
                System.arraycopy(bytes, begin, bytes, 0, filled);
                bytes = filled == bytes.length ? Arrays.copyOf(bytes, 2 * filled) : bytes;
                got = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled), offset + filled);
            }
            return offset;
        }
    }
}
