package org.alluvium.contracts.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Keeps a second process out of a folder. The file holds one line, {@code <pid> <what>}, for people; the operating
 * system's lock on it decides, and dies with its process, so nothing needs to be cleaned up after {@code kill -9}. The
 * file itself stays, since deleting it would let two processes lock two files of one name. Thread-safe.
 */
public final class ProcessLock implements AutoCloseable {

    /**
     * Files locked by this process; its monitor guards every use of a lock file. POSIX locks are the process's: closing any
     * other channel on the same file would drop them, so a file that is in this set is never opened again.
     */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private static final int LONGEST_LINE = 256;

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, creating the file and its folder if needed.
     *
     * @param what the kind of process, as it is named in the refusal: {@code "ingest"}
     * @throws UnavailableException if another process, or this one, has it; the message names the holder
     */
    public static ProcessLock acquire(Path file, String what) {
        Path path = file.toAbsolutePath().normalize();
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(path)) {
                throw refused(path, what, "this process itself");
            }
            try {
                Files.createDirectories(path.getParent());
                ProcessLock lock = new ProcessLock(path, lockAndSign(path, what));
                HELD_HERE.add(path);
                return lock;
            } catch (IOException e) {
                throw StorageException.of("lock " + path.getFileName(), path, e);
            }
        }
    }

    /**
     * Takes the lock as {@link #acquire} does, if nobody has it.
     *
     * @return empty if another process, or this one, has it
     */
    public static Optional<ProcessLock> tryAcquire(Path file, String what) {
        try {
            return Optional.of(acquire(file, what));
        } catch (UnavailableException held) {
            return Optional.empty();
        }
    }

    private static FileChannel lockAndSign(Path path, String what) throws IOException {
        FileChannel channel = open(path);
        boolean signed = false;
        try {
            if (!lock(channel)) {
                String holder = readLine(channel);
                throw refused(path, what, holder.isEmpty() ? "another process" : "process " + holder);
            }
            writeLine(channel, ProcessHandle.current().pid() + " " + what);
            signed = true;
            return channel;
        } finally {
            if (!signed) {
                channel.close();
            }
        }
    }

    /** The line of the process that holds the lock now, {@code <pid> <what>}, or empty if nobody does. */
    public static Optional<String> holder(Path file) {
        Path path = file.toAbsolutePath().normalize();
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(path)) {
                return Optional.of(ProcessHandle.current().pid() + " this process");
            }
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            try (FileChannel channel = open(path)) {
                return lock(channel) ? Optional.empty() : Optional.of(readLine(channel));
            } catch (IOException e) {
                throw StorageException.of("look at the lock " + path.getFileName(), path, e);
            }
        }
    }

    /** Gives the lock back; a second call does nothing. */
    @Override
    public void close() {
        synchronized (HELD_HERE) {
            if (!channel.isOpen()) {
                return;
            }
            try (channel) {
                channel.truncate(0);
            } catch (IOException e) {
                throw StorageException.of("unlock " + file.getFileName(), file, e);
            } finally {
                HELD_HERE.remove(file);
            }
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        // Only one byte far behind the text, so that where locks are mandatory the text can still be read.
        FileLock lock = channel.tryLock(1L << 40, 1, false);
        return lock != null;
    }

    private static void writeLine(FileChannel channel, String line) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
    }

    private static String readLine(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_LINE);
        int bytes = channel.read(buffer, 0);
        return bytes <= 0 ? "" : new String(buffer.array(), 0, bytes, StandardCharsets.UTF_8).strip();
    }

    private static UnavailableException refused(Path path, String what, String holder) {
        return new UnavailableException(
                "cannot start " + what + ": " + holder + " is already at work in this folder",
                path.toString(),
                "Stop that process, or choose another folder");
    }
}
