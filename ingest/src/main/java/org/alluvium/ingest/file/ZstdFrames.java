package org.alluvium.ingest.file;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;

/**
 * The content of a Zstandard file (RFC 8878) of any number of frames. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
final class ZstdFrames extends ContentStream {

    private static final int READ_BYTES = 64 * 1024;

    private final ZstdInputStreamNoFinalizer frames;

    ZstdFrames(InputStream file) {
        try {
            this.frames = new ZstdInputStreamNoFinalizer(new Sips(file));
        } catch (IOException impossible) {
            // Nothing is read before the first read.
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return frames.read(into, offset, length);
        } catch (ZstdIOException damaged) {
            throw new DamagedContentException("the Zstandard file is damaged: " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }

    /**
     * Hands out a little at a time and never promises more. The decoder forgets what it decoded in a call that then meets
     * damage; so a call gets less input than the two blocks it would take to lose a good one.
     */
    private static final class Sips extends FilterInputStream {

        private static final int SIP_BYTES = 256;

        Sips(InputStream file) {
            super(new BufferedInputStream(file, READ_BYTES));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, SIP_BYTES));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
