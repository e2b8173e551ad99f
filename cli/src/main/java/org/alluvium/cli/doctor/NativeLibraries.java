package org.alluvium.cli.doctor;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.rocksdb.NativeLibraryLoader;

/** Whether the libraries that are not Java can be loaded here: each is unpacked from its jar and used once. */
final class NativeLibraries {

    private NativeLibraries() {}

    static List<Probe> probes() {
        return List.of(
                () -> load(
                        "zstd", "compresses shards", () -> Zstd.compress("alluvium".getBytes(StandardCharsets.UTF_8))),
                () -> load(
                        "rocksdb",
                        "keeps Flink's state",
                        () -> NativeLibraryLoader.getInstance().loadLibrary(System.getProperty("java.io.tmpdir"))),
                () -> load("onednn", "multiplies matrices", CpuProvider::requireLibrary));
    }

    private static Finding load(String library, String purpose, Use use) {
        try {
            use.run();
            return Finding.ok("library " + library, "loads; it " + purpose);
        } catch (Exception | LinkageError e) {
            return Finding.failure(
                    "library " + library,
                    "does not load (" + e + "); it " + purpose,
                    "There are builds for Linux on x86-64; " + System.getProperty("java.io.tmpdir")
                            + " must allow execution (set JDK_JAVA_OPTIONS=-Djava.io.tmpdir=... to another folder).");
        }
    }

    @FunctionalInterface
    private interface Use {
        void run() throws Exception;
    }
}
