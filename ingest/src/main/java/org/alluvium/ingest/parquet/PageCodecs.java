package org.alluvium.ingest.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.brotli.dec.BrotliInputStream;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages, without Hadoop's codecs: all that the format knows but LZO and the first LZ4, which was never specified.
 * The size that a page's header gives is not guarded by a checksum and is believed only if the page agrees.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Compression.md">the codecs</a>
 */
final class PageCodecs implements CompressionCodecFactory {

    /** LZ4 cannot expand one byte to more. */
    private static final long MAX_LZ4_RATIO = 255;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("files are read and not written");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return new Decompressor(name);
    }

    @Override
    public void release() {}

    private static byte[] decompress(CompressionCodecName name, byte[] page, int size) throws IOException {
        byte[] decompressed = switch (name) {
            case UNCOMPRESSED -> page;
            case SNAPPY -> Snappy.uncompress(page);
            case ZSTD -> zstd(page, size);
            case GZIP -> read(new GZIPInputStream(new ByteArrayInputStream(page)), size);
            case BROTLI -> read(new BrotliInputStream(new ByteArrayInputStream(page)), size);
            case LZ4_RAW -> lz4(page, size);
            case LZO, LZ4 ->
                throw new IOException("pages compressed with " + name
                        + " are not supported: write the file with SNAPPY, ZSTD, GZIP, BROTLI or LZ4_RAW");
        };
        if (decompressed.length != size) {
            throw new IOException("a page of " + size + " bytes has " + decompressed.length);
        }
        return decompressed;
    }

    private static byte[] zstd(byte[] page, int size) throws IOException {
        long framed = Zstd.getFrameContentSize(page);
        if (framed > 0 && framed != size) {
            throw new IOException("a page of " + size + " bytes has a Zstandard frame of " + framed);
        }
        try {
            return Zstd.decompress(page, size);
        } catch (ZstdException e) {
            throw new IOException("a page does not decompress", e);
        }
    }

    private static byte[] lz4(byte[] page, int size) throws IOException {
        if (size > MAX_LZ4_RATIO * page.length) {
            throw new IOException("a page of " + size + " bytes has only " + page.length + " compressed");
        }
        byte[] decompressed = new byte[size];
        try {
            int length = new Lz4Decompressor().decompress(page, 0, page.length, decompressed, 0, size);
            return length == size ? decompressed : new byte[length];
        } catch (MalformedInputException e) {
            throw new IOException("a page does not decompress", e);
        }
    }

    private static byte[] read(InputStream page, int size) throws IOException {
        try (page) {
            return page.readNBytes(size);
        }
    }

    private record Decompressor(CompressionCodecName name) implements CompressionCodecFactory.BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            ByteArrayOutputStream page = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
            bytes.writeAllTo(page);
            return BytesInput.from(PageCodecs.decompress(name, page.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] page = new byte[compressedSize];
            input.get(page);
            output.put(PageCodecs.decompress(name, page, size));
        }

        @Override
        public void release() {}
    }
}
