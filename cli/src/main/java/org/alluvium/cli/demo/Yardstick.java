package org.alluvium.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What a general compressor needs for texts after it has seen others: the size of all of them in one stream, less the size
 * of the first alone. It is held against a model that learned from the first texts too.
 */
public final class Yardstick {

    private Yardstick() {}

    /** Puts a compressing stream in front of another. */
    @FunctionalInterface
    public interface Compressor {
        OutputStream before(OutputStream out) throws IOException;
    }

    /** {@code gzip -9}. */
    public static OutputStream gzip(OutputStream out) throws IOException {
        return new BestGzip(out);
    }

    /**
     * Bits per byte of the texts, compressed as one stream that begins with what was seen before.
     *
     * @param before UTF-8 texts, in order
     * @param texts UTF-8 texts, in order; not empty
     */
    public static double bitsPerByte(List<byte[]> before, List<byte[]> texts, Compressor compressor) {
        long bytes = texts.stream().mapToLong(text -> text.length).sum();
        long alone = compressedBytes(List.of(before), compressor);
        long together = compressedBytes(List.of(before, texts), compressor);
        return (together - alone) * 8.0 / bytes;
    }

    private static long compressedBytes(List<List<byte[]>> parts, Compressor compressor) {
        Counter counter = new Counter();
        try (OutputStream compressed = compressor.before(counter)) {
            for (List<byte[]> part : parts) {
                for (byte[] text : part) {
                    compressed.write(text);
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
        public void write(byte[] b, int from, int length) {
            bytes += length;
        }
    }
}
