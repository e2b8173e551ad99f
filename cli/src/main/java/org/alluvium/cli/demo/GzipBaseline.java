package org.alluvium.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What {@code gzip -9} needs for a text after it has seen another: the size of both in one stream, less the size of the
 * first alone. It is the yardstick of the demo's model, which learned from the first text too.
 */
final class GzipBaseline {

    private GzipBaseline() {}

    /**
     * Bits per byte of the texts, compressed as one stream that begins with what was seen before.
     *
     * @param before UTF-8 texts, in order
     * @param texts UTF-8 texts, in order; not empty
     */
    static double bitsPerByte(List<byte[]> before, List<byte[]> texts) {
        long bytes = texts.stream().mapToLong(text -> text.length).sum();
        long alone = compressedBytes(List.of(before));
        long together = compressedBytes(List.of(before, texts));
        return (together - alone) * 8.0 / bytes;
    }

    private static long compressedBytes(List<List<byte[]>> parts) {
        Counter counter = new Counter();
        try (GZIPOutputStream gzip = new BestGzip(counter)) {
            for (List<byte[]> part : parts) {
                for (byte[] text : part) {
                    gzip.write(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return counter.bytes;
    }

    private static final class BestGzip extends GZIPOutputStream {
        private BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) {
            bytes += len;
        }
    }
}
