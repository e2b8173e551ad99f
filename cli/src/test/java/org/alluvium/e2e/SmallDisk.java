package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of its own, in memory, that can run full. Needs Linux and the right to mount; where that is missing, the
 * test that asks for it is skipped.
 */
record SmallDisk(Path folder) implements AutoCloseable {

    private static final long ROOMY = 512 << 20;

    /** Mounts one over a folder, creating that if needed. */
    static SmallDisk mount(Path folder, long bytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assumeThat(succeeds("mount", "-t", "tmpfs", "-o", "size=" + bytes, "alluvium-test", folder.toString()))
                .as("may mount a file system")
                .isTrue();
        return new SmallDisk(folder);
    }

    /** Mounts one that has room for everything. */
    static SmallDisk mount(Path folder) {
        return mount(folder, ROOMY);
    }

    /** Leaves no room at all. */
    void fill() {
        // While files are growing, the size that was right when it was asked for may be too small when it is set.
        while (!resize(used())) {
            Thread.onSpinWait();
        }
    }

    /** Makes room again. */
    void free() {
        assertThat(resize(ROOMY)).isTrue();
    }

    private boolean resize(long bytes) {
        return succeeds("mount", "-o", "remount,size=" + bytes, folder.toString());
    }

    private long used() {
        try {
            FileStore store = Files.getFileStore(folder);
            return store.getTotalSpace() - store.getUnallocatedSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false; // no such command here
        }
    }

    @Override
    public void close() {
        assertThat(succeeds("umount", folder.toString())).as("unmounted").isTrue();
    }
}
