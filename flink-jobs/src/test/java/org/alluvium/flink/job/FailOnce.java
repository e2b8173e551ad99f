package org.alluvium.flink.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.flink.sink.CommitProbe;

/** Throws the first time a point is reached in the life of the marker file. */
final class FailOnce implements CommitProbe {

    private static final long serialVersionUID = 1L;

    private final String marker;
    private final Point point;

    FailOnce(String marker, Point point) {
        this.marker = marker;
        this.point = point;
    }

    @Override
    public void reached(Point reached, long checkpointId) {
        if (reached == point && first()) {
            throw new IllegalStateException("injected at " + point);
        }
    }

    private boolean first() {
        try {
            Files.createFile(Path.of(marker));
            return true;
        } catch (FileAlreadyExistsException again) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
