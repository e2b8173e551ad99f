package org.alluvium.ingest.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How a file is compressed, as its name says. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int READ_BYTES = 64 * 1024;

    static Compression of(String path) {
        if (path.endsWith(".gz")) {
            return GZIP;
        }
        return path.endsWith(".zst") ? ZSTD : NONE;
    }

    /**
     * The content of a compressed file. Whatever precedes damage is delivered before the exception that reports it.
     */
    InputStream decompress(InputStream file) throws IOException {
        return switch (this) {
            case NONE -> file;
            case GZIP -> new GzipMembers(file, READ_BYTES);
            case ZSTD -> new ZstdInputStreamNoFinalizer(new Sips(file));
        };
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
