package org.alluvium.tokenizer.reference;

import ai.djl.sentencepiece.SpProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Loads the native library once per class loader. The binding, left alone, reports to a cloud metadata service at first use
 * and keeps its library in the user's home, where a second class loader (a resubmitted Flink job) cannot load it again. So
 * telemetry is switched off, and the library is unpacked to a folder of its own, which is removed as soon as the library
 * is in memory.
 */
final class NativeLibrary {

    /** Where the binding unpacks its library; a system property, hence put back afterwards. */
    private static final String FOLDER_PROPERTY = "ENGINE_CACHE_DIR";

    private NativeLibrary() {}

    /**
     * Returns when the library is loaded; the first call loads it.
     *
     * @throws UnavailableException if there is no library for this platform
     * @throws StorageException if it cannot be unpacked
     */
    static void ensureLoaded() {
        Holder.LOADED.orThrow();
    }

    /** A failed attempt is kept, since a class whose initialization failed cannot be tried again. */
    private static final class Holder {
        static final Outcome LOADED = load();
    }

    private record Outcome(RuntimeException failure) {
        void orThrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static Outcome load() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        String previous = System.getProperty(FOLDER_PROPERTY);
        try {
            Path folder = Files.createTempDirectory("alluvium-sentencepiece-");
            try {
                System.setProperty(FOLDER_PROPERTY, folder.toString());
                Class.forName(SpProcessor.class.getName(), true, SpProcessor.class.getClassLoader());
            } finally {
                restore(previous);
                delete(folder);
            }
            return new Outcome(null);
        } catch (IOException e) {
            return new Outcome(new StorageException(
                    "the SentencePiece library cannot be unpacked (" + e + ")",
                    System.getProperty("java.io.tmpdir"),
                    "Make room there, or set -Djava.io.tmpdir to a folder that can be written.",
                    e));
        } catch (ClassNotFoundException | LinkageError e) {
            return new Outcome(new UnavailableException(
                    "the SentencePiece library cannot be loaded (" + e + ")",
                    System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                    "There are builds for Linux on x86_64 and aarch64, and for macOS on aarch64; /tmp must not be mounted noexec.",
                    e));
        }
    }

    private static void restore(String previous) {
        if (previous == null) {
            System.clearProperty(FOLDER_PROPERTY);
        } else {
            System.setProperty(FOLDER_PROPERTY, previous);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
