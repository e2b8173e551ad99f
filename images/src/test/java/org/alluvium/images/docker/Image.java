package org.alluvium.images.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What is built. */
enum Image {
    INGEST,
    TRAINER,
    TRAINER_CPU,
    DASHBOARD;

    /** The module's folder, which tests run in. */
    static final Path MODULE = Path.of("").toAbsolutePath();

    /** As manifests name it, without registry and version. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Path folder() {
        return MODULE.resolve(title());
    }

    Dockerfile dockerfile() {
        return Dockerfile.read(folder().resolve("Dockerfile"));
    }

    /** The names of the folders that hold a Dockerfile. */
    static Stream<String> folders() {
        try (Stream<Path> folders = Files.list(MODULE)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("Dockerfile")))
                    .map(folder -> folder.getFileName().toString())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
