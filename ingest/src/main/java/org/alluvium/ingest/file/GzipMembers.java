package org.alluvium.ingest.file;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;

/**
 * The content of a gzip file (RFC 1952) of any number of members. Unlike the JDK's stream it treats every byte after a
 * member as the beginning of another, so that neither garbage nor a member cut inside its header passes for the end, and
 * delivers all that was inflated before it reports damage. Header checksums are not verified. Not thread-safe.
 *
 * <p>Behind damage it goes on at the next member. It is looked for right behind the beginning of the damaged one, not where
 * the damage was noticed: a member that was cut short is noticed only inside the one that follows it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipMembers extends ContentStream {

    private static final int READ_BYTES = 64 * 1024;

    /** Compressed bytes that must inflate for something that looks like a header to be taken for one. */
    private static final int PROBE_BYTES = 512;

    private static final int METHOD_DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xE0;

    private final FileRange file;
    private final byte[] input = new byte[READ_BYTES];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    // The part of the input that neither the inflater nor a header or trailer has taken yet.
    private int position;
    private int limit;

    /** Offset in the file of the member that is being read, or was last. */
    private long memberStart;

    private boolean insideMember;
    private boolean ended;

    GzipMembers(FileRange file) {
        this.file = file;
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
                throw new DamagedContentException("the gzip file ends inside a member");
            }
            inflater.setInput(input, position, limit - position);
            position = limit;
        }
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException damaged) {
            throw new DamagedContentException("the gzip file is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Reads a member's header; false at the end of the file. */
    private boolean beginMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        memberStart = offset();
        readHeader();
        inflater.reset();
        crc.reset();
        insideMember = true;
        return true;
    }

    /** Offset in the file of the next byte of input. */
    private long offset() {
        return file.position() - (limit - position);
    }

    private void readHeader() throws IOException {
        if (next() != 0x1F || next() != 0x8B) {
            throw new DamagedContentException("what follows is not a gzip member");
        }
        if (next() != METHOD_DEFLATE) {
            throw new DamagedContentException("a gzip member is not deflated");
        }
        int flags = next();
        if ((flags & FLAGS_RESERVED) != 0) {
            throw new DamagedContentException("a gzip member has unknown flags");
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
    }

    /** Looks through the rest of the file, however long it is. */
    @Override
    public boolean resynchronize() throws IOException {
        insideMember = false;
        long candidate = memberStart;
        do {
            candidate = nextMagic(candidate + 1);
        } while (candidate >= 0 && !isMember(candidate));
        ended = candidate < 0;
        if (!ended) {
            seek(candidate);
        }
        return !ended;
    }

    /** Offset of the first two bytes from {@code from} on that begin a member; -1 if there are none. */
    private long nextMagic(long from) throws IOException {
        seek(from);
        int last = 0;
        while (position < limit || fill()) {
            int current = input[position++] & 0xFF;
            if (last == 0x1F && current == 0x8B) {
                return offset() - 2;
            }
            last = current;
        }
        return -1;
    }

    private boolean isMember(long start) throws IOException {
        seek(start);
        try {
            readHeader();
            inflater.reset();
            byte[] probe = new byte[PROBE_BYTES];
            inflater.setInput(probe, 0, readProbe(probe));
            byte[] inflated = new byte[READ_BYTES];
            while (inflater.inflate(inflated) > 0) {
                // Only whether it can be inflated is of interest.
            }
            return true;
        } catch (DamagedContentException | DataFormatException notOne) {
            return false;
        }
    }

    private int readProbe(byte[] probe) throws IOException {
        int length = 0;
        while (length < probe.length && (position < limit || fill())) {
            probe[length++] = input[position++];
        }
        return length;
    }

    private void seek(long offset) {
        file.seek(offset);
        position = 0;
        limit = 0;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        long expectedCrc = nextInt();
        long expectedLength = nextInt();
        if (expectedCrc != crc.getValue() || expectedLength != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new DamagedContentException("the checksum or the length of a gzip member is wrong");
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
            throw new DamagedContentException("the gzip file ends inside a header or trailer");
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
        limit = 0;
        limit = Math.max(0, file.read(input, 0, input.length));
        return limit > 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
