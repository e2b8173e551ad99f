package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/** What the system can do to processes and files. Needs Linux, for the limit of files' sizes. Stateless. */
public final class Harm {

    private Harm() {}

    /** Whether this machine has what it takes; else says what is missing. */
    static void require() {
        run("prlimit", "--version");
    }

    /** Has a process stand still. */
    public static void stop(ProcessHandle process) {
        run("sh", "-c", "kill -STOP " + process.pid());
    }

    /** Has it go on. Nothing happens to one that has ended meanwhile. */
    public static void goOn(ProcessHandle process) {
        if (process.isAlive()) {
            runIfThere(process, "sh", "-c", "kill -CONT " + process.pid());
        }
    }

    /** Ends a process as {@code kill -9} does; returns once it is gone. */
    public static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * From now on, what the process writes beyond so many bytes of a file is refused, as a full disk refuses it; a write across
     * the limit ends there. Only the soft limit is set, so that it can be lifted again.
     */
    public static void limitFiles(ProcessHandle process, long bytes) {
        runIfThere(process, "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
    }

    /** Lifts the limit. */
    public static void unlimitFiles(ProcessHandle process) {
        runIfThere(process, "prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:");
    }

    /** Changes one bit of the byte at a place, counted from the start of the file, around it if need be. */
    public static void flip(Path file, long place) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long at = place % bytes.length();
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 1);
        } catch (IOException e) {
            throw StorageException.of("damage", file, e);
        }
    }

    private static void runIfThere(ProcessHandle process, String... command) {
        try {
            run(command);
        } catch (UnavailableException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.onExit().join().exitValue();
            if (code != 0) {
                throw missing(said.strip(), command, null);
            }
        } catch (IOException e) {
            throw missing("it cannot be run", command, e);
        }
    }

    private static UnavailableException missing(String why, String[] command, IOException cause) {
        return new UnavailableException(
                String.join(" ", command) + " does not work: " + why,
                "this machine",
                "Faults need Linux with the program 'prlimit' (of util-linux)",
                cause);
    }
}
