package org.alluvium.ingest.file;

import org.alluvium.ingest.frame.ContentStream;

/** How a file is compressed, as its name says. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    static Compression of(String path) {
        if (path.endsWith(".gz")) {
            return GZIP;
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
        };
    }
}
