package org.alluvium.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * The folder of a demo:
 *
 * <pre>
 * .alluvium-demo     marks the folder as made by the demo
 * alluvium.yaml      the configuration; yours to change between runs
 * inbox/             the files of the stream
 * corpus/  run/      what ingest and trainer made of them
 * logs/              what the processes had to say
 * </pre>
 */
public record DemoFolder(Path root) {

    private static final String MARKER = ".alluvium-demo";
    private static final List<String> CONTENT = List.of("inbox", "corpus", "run", "logs", "alluvium.yaml");

    /**
     * The folder, created and marked if it does not exist or is empty.
     *
     * @throws UnavailableException if there is something in it that no demo made
     */
    public static DemoFolder open(Path root) {
        Path folder = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            if (!Files.exists(folder.resolve(MARKER))) {
                try (Stream<Path> content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new UnavailableException(
                                "the folder is not empty and was not made by the demo",
                                folder.toString(),
                                "Choose another with --dir; nothing was changed");
                    }
                }
                Files.writeString(folder.resolve(MARKER), "Made by ./alluvium demo, which may delete what is here.\n");
            }
            return new DemoFolder(folder);
        } catch (IOException e) {
            throw StorageException.of("prepare the folder of the demo", folder, e);
        }
    }

    /** Deletes what a demo makes, and nothing else. */
    public void clear() {
        for (String name : CONTENT) {
            delete(root.resolve(name));
        }
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        // Deepest first. Links are not followed.
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw StorageException.of("start over", tree, e);
        }
    }

    public Path inbox() {
        return root.resolve("inbox");
    }

    public Path config() {
        return root.resolve("alluvium.yaml");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Held while a supervisor works here. */
    public Path lock() {
        return root.resolve("supervisor.lock");
    }
}
