package org.alluvium.ingest.file;

import org.alluvium.ingest.frame.ContentStream;

/** How a file is compressed, as its name says. */
enum Compression {
    NONE,
    GZIP,
    ZSTD,
    BZIP2;

    static Compression of(String path) {
        if (path.endsWith(".gz")) {
            return GZIP;
        }
        if (path.endsWith(".bz2")) {
            return BZIP2;
        }
        return path.endsWith(".zst") ? ZSTD : NONE;
    }

    /**
     * The content of a compressed file. Whatever precedes damage is delivered before the exception that reports it.
     */
    ContentStream decompress(FileRange file) {
        return switch (this) {
            case NONE -> ContentStream.of(file);
            case GZIP -> new GzipMembers(file);
            case ZSTD -> new ZstdFrames(file);
            case BZIP2 -> new Bzip2Streams(file);
        };
    }
}
