package org.alluvium.ingest.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file (RFC 1952) of any number of members. Unlike the JDK's stream it treats every byte after a
 * member as the beginning of another, so that neither garbage nor a member cut inside its header passes for the end, and
 * delivers all that was inflated before it reports damage. Header checksums are not verified. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipMembers extends InputStream {

    private static final int METHOD_DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xE0;

    private final InputStream file;
    private final byte[] input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    // The part of the input that neither the inflater nor a header or trailer has taken yet.
    private int position;
    private int limit;

    private boolean insideMember;
    private boolean ended;

    GzipMembers(InputStream file, int bufferBytes) {
        this.file = file;
        this.input = new byte[bufferBytes];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Returns what one step of the inflater yields, so that damage behind it is met only by the next call. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!insideMember && !beginMember()) {
                ended = true;
                break;
            }
            int inflated = inflate(into, offset, length);
            if (inflated > 0) {
                crc.update(into, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        if (inflater.needsInput() && !inflater.finished()) {
            if (position == limit && !fill()) {
                throw new EOFException("the gzip file ends inside a member");
            }
            inflater.setInput(input, position, limit - position);
            position = limit;
        }
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException damaged) {
            throw new ZipException("the gzip file is damaged: " + damaged.getMessage());
        }
    }

    /** Reads a member's header; false at the end of the file. */
    private boolean beginMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B) {
            throw new ZipException("what follows is not a gzip member");
        }
        if (next() != METHOD_DEFLATE) {
            throw new ZipException("a gzip member is not deflated");
        }
        int flags = next();
        if ((flags & FLAGS_RESERVED) != 0) {
            throw new ZipException("a gzip member has unknown flags");
        }
        skip(6); // time, extra flags, operating system
        if ((flags & FLAG_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipString();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipString();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        insideMember = true;
        return true;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        long expectedCrc = nextInt();
        long expectedLength = nextInt();
        if (expectedCrc != crc.getValue() || expectedLength != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ZipException("the checksum or the length of a gzip member is wrong");
        }
        insideMember = false;
    }

    private long nextInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (long) next() << shift;
        }
        return value;
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the gzip file ends inside a header or trailer");
        }
        return input[position++] & 0xFF;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipString() throws IOException {
        while (next() != 0) {
            // Names and comments end with NUL.
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, file.read(input));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        file.close();
    }
}
