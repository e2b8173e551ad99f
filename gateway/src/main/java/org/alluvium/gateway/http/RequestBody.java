package org.alluvium.gateway.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.util.NanoTime;

/**
 * The body of one request, decompressed, on account of the memory that all requests share until it is closed. For one
 * thread.
 */
final class RequestBody implements AutoCloseable {

    /** What a request takes at its peak for each byte of its body: body, records cut from it, parsed text. */
    private static final int BYTES_PER_BYTE = 4;

    private static final int FIRST_BYTES = 1 << 14;

    /** Most that is set aside for a length that is only claimed; the rest is, as it arrives. */
    private static final int MOST_TRUSTED = 1 << 20;

    /** What bodies may take, and what is said to those that there is no room for. */
    record Limits(long maxBytes, Duration longest, MemoryBudget budget, Duration retryAfter) {}

    private final Limits limits;
    private byte[] buffer = new byte[0];
    private final long began = NanoTime.now();
    private int length;
    private long taken;

    private RequestBody(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads a body to its end.
     *
     * @param expectedBytes its length, or -1 if it is not known
     * @param gzip whether it is compressed (RFC 1952)
     * @throws RefusedRequestException if it is too large (413) or too slow (408), there is no memory for it now (429), or it is not gzip (400)
     * @throws IOException if the client stopped sending
     */
    static RequestBody read(InputStream in, long expectedBytes, boolean gzip, Limits limits)
            throws IOException, RefusedRequestException {
        RequestBody body = new RequestBody(limits);
        boolean complete = false;
        try {
            if (expectedBytes > limits.maxBytes()) {
                throw body.tooLarge();
            }
            body.reserve(Math.min(MOST_TRUSTED, Math.max(FIRST_BYTES, expectedBytes + 1)));
            body.fill(in, gzip);
            complete = true;
            return body;
        } finally {
            if (!complete) {
                body.close();
            }
        }
    }

    private void fill(InputStream in, boolean gzip) throws IOException, RefusedRequestException {
        if (!gzip) {
            fill(in);
            return;
        }
        try (GZIPInputStream plain = new GZIPInputStream(new Unclosed(in))) {
            fill(plain);
        } catch (ZipException | EOFException malformed) {
            throw new RefusedRequestException(Answer.error(
                    400,
                    "the body is damaged or not gzip (" + malformed.getMessage()
                            + "); nothing of this request was taken"));
        }
    }

    private void fill(InputStream in) throws IOException, RefusedRequestException {
        for (int read = 0; read >= 0; length += Math.max(0, read)) {
            if (length > limits.maxBytes()) {
                throw tooLarge();
            }
            if (length == buffer.length) {
                reserve(2L * length);
            }
            if (NanoTime.since(began) > limits.longest().toNanos()) {
                throw tooSlow();
            }
            read = in.read(buffer, length, buffer.length - length);
        }
    }

    /** Makes room for that many bytes, or for one more than are allowed. */
    private void reserve(long bytes) throws RefusedRequestException {
        int capacity = Math.toIntExact(Math.min(bytes, limits.maxBytes() + 1));
        long more = (long) BYTES_PER_BYTE * (capacity - buffer.length);
        if (!limits.budget().take(more)) {
            throw new RefusedRequestException(Answer.later(
                    429, "other requests hold all the memory that there is for bodies", limits.retryAfter()));
        }
        taken += more;
        buffer = Arrays.copyOf(buffer, capacity);
    }

    private RefusedRequestException tooLarge() {
        return new RefusedRequestException(Answer.error(
                413,
                "the body is larger than " + limits.maxBytes()
                        + " bytes (gateway.maxBodyBytes); send fewer documents at once"));
    }

    private RefusedRequestException tooSlow() {
        return new RefusedRequestException(Answer.error(
                408,
                "the body has taken more than " + limits.longest().toSeconds()
                        + " s to arrive; send fewer documents at once"));
    }

    /** The bytes of the body. */
    byte[] bytes() {
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    @Override
    public void close() {
        limits.budget().give(taken);
        taken = 0;
    }

    /** The stream of a connection that lives on: to close it would be to break off the request. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // its owner goes on reading
        }
    }
}
