package org.alluvium.cli.supervise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.error.StorageException;

/** A process and what is known of it. Owned by the supervisor's thread. */
final class Child {

    private static final int LONGEST_WORDS = 4096;

    final ChildSpec spec;

    /** The process, while it runs. */
    Optional<Process> process = Optional.empty();

    /** When it is to be started. */
    Optional<Instant> due = Optional.empty();

    /** Completes with the signal that it, or what it waits for, has ended; kept so that a failure in it has an owner. */
    CompletableFuture<Void> ending = CompletableFuture.completedFuture(null);

    Instant startedAt = Instant.EPOCH;
    int crashes;
    boolean finished;
    boolean failed;
    private long consoleOffset;

    Child(ChildSpec spec) {
        this.spec = spec;
    }

    Process start() {
        try {
            Files.createDirectories(spec.console().toAbsolutePath().getParent());
            consoleOffset = Files.exists(spec.console()) ? Files.size(spec.console()) : 0;
            Process started = new ProcessBuilder(spec.command())
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(spec.console().toFile()))
                    .start();
            process = Optional.of(started);
            return started;
        } catch (IOException e) {
            throw StorageException.of("start " + spec.name(), spec.console(), e);
        }
    }

    /** What the process printed last before it ended. */
    String lastWords() {
        try {
            byte[] console = Files.readAllBytes(spec.console());
            int from = (int) Math.max(consoleOffset, console.length - LONGEST_WORDS);
            return new String(console, from, console.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "what it said cannot be read: " + e;
        }
    }
}
