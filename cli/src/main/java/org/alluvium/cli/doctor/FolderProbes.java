package org.alluvium.cli.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.alluvium.cli.view.Units;

/** What the file system that corpus and runs will live on can do. */
final class FolderProbes {

    private static final long LEAST_SPACE = 1L << 30;
    private static final long GOOD_SPACE = 5L << 30;

    private FolderProbes() {}

    static Finding space(Path folder) {
        try {
            return space(folder, Files.getFileStore(existing(folder)).getUsableSpace());
        } catch (IOException e) {
            return Finding.failure("disk", e.toString(), "Check the path " + folder.toAbsolutePath() + ".");
        }
    }

    /** Usable bytes. */
    static Finding space(Path folder, long usable) {
        String what =
                Units.bytes(usable) + " free for " + folder.toAbsolutePath().normalize();
        if (usable < LEAST_SPACE) {
            return Finding.failure(
                    "disk", what, "The demo needs " + Units.bytes(LEAST_SPACE) + ": free some, or choose --dir.");
        }
        return usable < GOOD_SPACE
                ? Finding.warning("disk", what, "Enough for the demo; a corpus of your own wants more.")
                : Finding.ok("disk", what);
    }

    /** Whether the operations that exactly-once rests on work: exclusive creation, hard links, fsync, atomic rename. */
    static Finding abilities(Path folder) {
        String operation = "create a folder";
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory(existing(folder), ".alluvium-doctor-");
            Path file = scratch.resolve("file");
            operation = "fsync a file";
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            operation = "fsync a folder";
            try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.READ)) {
                channel.force(true);
            }
            operation = "make a hard link";
            Files.createLink(scratch.resolve("link"), file);
            operation = "rename in one step";
            Files.move(file, scratch.resolve("renamed"), StandardCopyOption.ATOMIC_MOVE);
            return Finding.ok("file system", "hard links, fsync of files and folders, and atomic renames work");
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.failure(
                    "file system",
                    "cannot " + operation + " in " + folder.toAbsolutePath().normalize() + " (" + e.getMessage() + ")",
                    "Keep corpus and runs on a local file system that you can write to (ext4, xfs, btrfs, apfs).");
        } finally {
            remove(scratch);
        }
    }

    private static void remove(Path scratch) {
        if (scratch == null) {
            return;
        }
        for (String name : new String[] {"file", "link", "renamed", ""}) {
            try {
                Files.deleteIfExists(scratch.resolve(name));
            } catch (IOException leftBehind) {
                scratch.toFile().deleteOnExit();
            }
        }
    }

    private static Path existing(Path folder) throws IOException {
        Path candidate = folder.toAbsolutePath().normalize();
        while (candidate != null && !Files.isDirectory(candidate)) {
            candidate = candidate.getParent();
        }
        if (candidate == null) {
            throw new IOException("no part of the path exists");
        }
        return candidate;
    }
}
