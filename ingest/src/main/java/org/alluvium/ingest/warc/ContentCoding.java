package org.alluvium.ingest.warc;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** The content codings of HTTP (RFC 9110, section 8.4.1) that servers send text in. */
final class ContentCoding {

    /** Enough for every text, and little enough that a few bytes which inflate to gigabytes do no harm. */
    static final int MAX_CONTENT_BYTES = 64 * 1024 * 1024;

    private static final int METHOD_DEFLATE = 8;

    private ContentCoding() {}

    /**
     * The content without its codings, the last of which was applied last. Content in markup is returned as it is: some
     * crawlers keep the header and decode the body.
     */
    static byte[] decode(byte[] content, String codings) throws MalformedMessageException {
        String[] names = codings.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1);
        byte[] decoded = content;
        for (int i = names.length - 1; i >= 0; i--) {
            decoded = decodeOne(decoded, names[i].strip());
        }
        return decoded;
    }

    private static byte[] decodeOne(byte[] content, String name) throws MalformedMessageException {
        if (content.length == 0) {
            return content;
        }
        try (InputStream in = open(new ByteArrayInputStream(content), content, name)) {
            byte[] decoded = in.readNBytes(MAX_CONTENT_BYTES + 1);
            if (decoded.length > MAX_CONTENT_BYTES) {
                throw new MalformedMessageException("the body inflates to more than " + MAX_CONTENT_BYTES + " bytes");
            }
            return decoded;
        } catch (IOException damaged) {
            if (content[0] == '<') {
                return content;
            }
            throw new MalformedMessageException(
                    "the body is not encoded with " + name + " as it says: " + damaged.getMessage());
        }
    }

    private static InputStream open(InputStream in, byte[] content, String name)
            throws IOException, MalformedMessageException {
        return switch (name) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> isZlib(content) ? new InflaterInputStream(in) : new RawInflaterStream(in);
            case "br" -> new BrotliInputStream(in);
            case "zstd" -> new ZstdInputStreamNoFinalizer(in);
            case "identity", "none", "" -> in;
            default ->
                throw new MalformedMessageException("the body is encoded with " + name + ", which is not known here");
        };
    }

    /** The coding is zlib's format by the standard, and without its two bytes and its checksum by the custom of some. */
    private static boolean isZlib(byte[] content) {
        return content.length > 1
                && (content[0] & 0x0F) == METHOD_DEFLATE
                && (((content[0] & 0xFF) << 8) | (content[1] & 0xFF)) % 31 == 0;
    }

    /** Deflated bytes without a header; ends its inflater, which its base class does only for one of its own. */
    private static final class RawInflaterStream extends InflaterInputStream {

        RawInflaterStream(InputStream in) {
            super(in, new Inflater(true));
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
