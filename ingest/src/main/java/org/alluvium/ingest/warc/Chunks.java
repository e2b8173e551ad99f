package org.alluvium.ingest.warc;

import java.io.ByteArrayOutputStream;

/**
 * The chunked transfer coding of HTTP (RFC 9112, section 7.1). A body that is cut short yields the chunks that are there, and
 * one without chunks, as crawlers keep it that have joined them but left the header, is returned as it is.
 */
final class Chunks {

    private static final int MAX_SIZE_DIGITS = 7;

    private final byte[] body;
    private int position;

    private Chunks(byte[] body) {
        this.body = body;
    }

    static byte[] join(byte[] body) {
        Chunks chunks = new Chunks(body);
        int size = chunks.readSize();
        if (size < 0) {
            return body;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(body.length);
        while (size > 0) {
            int there = Math.min(size, body.length - chunks.position);
            joined.write(body, chunks.position, there);
            chunks.position += there;
            chunks.skipLine();
            size = chunks.readSize();
        }
        return joined.toByteArray();
    }

    /** The size of the next chunk, behind whose line the position is then; -1 if there is no size. */
    private int readSize() {
        int size = 0;
        int digits = 0;
        while (position < body.length && Character.digit(body[position], 16) >= 0) {
            size = size * 16 + Character.digit(body[position++], 16);
            digits++;
        }
        boolean ended = position < body.length
                && (body[position] == '\r' || body[position] == '\n' || body[position] == ';' || body[position] == ' ');
        if (digits == 0 || digits > MAX_SIZE_DIGITS || !ended) {
            return -1;
        }
        skipLine();
        return size;
    }

    private void skipLine() {
        while (position < body.length && body[position++] != '\n') {
            // Behind the size there may be extensions, which mean nothing here.
        }
    }
}
