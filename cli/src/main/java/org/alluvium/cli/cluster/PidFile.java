package org.alluvium.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.contracts.error.StorageException;

/**
 * Remembers a process in a file of one line, {@code <pid> <start> <name>}, the start in milliseconds since 1970. A process of
 * that id that has started at another time is a stranger, to whom the system has given the id since.
 */
final class PidFile {

    /** What two looks at one process may differ by: the system counts from its own start, which it knows in seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    /** @param name what others call the process */
    void write(ProcessHandle process, String name) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, process.pid() + " " + start(process).toEpochMilli() + " " + name + "\n");
        } catch (IOException e) {
            throw StorageException.of("remember a process", file, e);
        }
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> process() {
        return words().flatMap(words -> ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> isFrom(process, Instant.ofEpochMilli(Long.parseLong(words[1])))));
    }

    /** What others call the process, if it still runs. */
    Optional<String> name() {
        return process().flatMap(process -> words()).map(words -> words[2]);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageException.of("forget a process", file, e);
        }
    }

    private static boolean isFrom(ProcessHandle process, Instant start) {
        return Duration.between(start(process), start).abs().compareTo(TOLERANCE) <= 0;
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private Optional<String[]> words() {
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return words.length == 3 && words[0].matches("\\d{1,18}") && words[1].matches("\\d{1,18}")
                    ? Optional.of(words)
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageException.of("look up a process", file, e);
        }
    }
}
