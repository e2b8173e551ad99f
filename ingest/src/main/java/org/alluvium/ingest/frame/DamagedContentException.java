package org.alluvium.ingest.frame;

import java.io.IOException;

/** A file can be read but not decompressed or understood: it ends too early, or its bytes are not what they must be. */
public final class DamagedContentException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedContentException(String message) {
        super(message);
    }

    public DamagedContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
