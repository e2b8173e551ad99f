package org.alluvium.ingest.file;

import java.io.IOException;

/** A file is no longer the one that was found. */
final class ChangedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedFileException(String message) {
        super(message);
    }
}
