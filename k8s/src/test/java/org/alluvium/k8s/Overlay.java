package org.alluvium.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be installed. */
enum Overlay {
    LOCAL,
    PRODUCTION,
    GPU_NVIDIA;

    /** The module's folder, which tests run in, is that of the manifests. */
    static final Path MANIFESTS = Path.of("").toAbsolutePath();

    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Path in(Path manifests) {
        return manifests.resolve("overlays").resolve(folder());
    }

    /** The names of the folders there are. */
    static Stream<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(MANIFESTS.resolve("overlays"))) {
            return folders.map(folder -> folder.getFileName().toString()).toList().stream();
        }
    }
}
