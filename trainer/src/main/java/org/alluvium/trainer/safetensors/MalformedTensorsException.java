package org.alluvium.trainer.safetensors;

import java.io.IOException;

/** A safetensors file is not what the format says; the message says in which way. */
final class MalformedTensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedTensorsException(String message) {
        super(message);
    }

    MalformedTensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
