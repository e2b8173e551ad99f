package org.alluvium.ingest.file;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Tells whether a file still begins with the bytes it had. It hashes (XXH3, 64 bit) the first and the last
 * {@value #WINDOW_BYTES} bytes of the beginning, so it costs the same for a file of any size; a change in between, with
 * the length kept, is not seen. Taking one moves the file's position.
 *
 * @param length length in bytes of the beginning it stands for; 0 is alike every file
 * @param hash hash of the first and last bytes of the beginning
 */
public record Fingerprint(long length, long hash) implements Serializable {

    /** The fingerprint of nothing, which every file begins with. */
    public static final Fingerprint NONE = new Fingerprint(0, 0);

    private static final int WINDOW_BYTES = 4096;

    /** The fingerprint of the first {@code length} bytes of a file, or of all of it if it is shorter. */
    static Fingerprint of(SeekableByteChannel file, long length) throws IOException {
        if (length == 0) {
            return NONE;
        }
        ByteBuffer window = ByteBuffer.allocate(2 * WINDOW_BYTES);
        int half = (int) Math.min(length, WINDOW_BYTES);
        fill(file, 0, window.limit(half));
        fill(file, length - half, window.limit(window.position() + half));
        return new Fingerprint(length, Hashing.xxh3_64().hashBytesToLong(window.array(), 0, window.position()));
    }

    /** Whether the file begins with what this is the fingerprint of. */
    boolean isBeginningOf(SeekableByteChannel file) throws IOException {
        return length <= file.size() && equals(of(file, length));
    }

    private static void fill(SeekableByteChannel file, long from, ByteBuffer window) throws IOException {
        file.position(from);
        while (window.hasRemaining()) {
            if (file.read(window) < 0) {
                return;
            }
        }
    }
}
