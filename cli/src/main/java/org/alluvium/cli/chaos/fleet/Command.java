package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.StorageException;

/** Runs a command to its end. Stateless. */
final class Command {

    /** Longer than any command takes that works; one that hangs is killed, and its code tells. */
    private static final long PATIENCE_MINUTES = 60;

    private Command() {}

    /**
     * How a command ended.
     *
     * @param code 137 for one that hung
     * @param words all it said
     */
    record Answer(int code, String words) {}

    /** Runs it, and adds what it says to a file as well. */
    static Answer run(List<String> line, Path console) {
        try {
            Path said = Files.createTempFile(console.getParent(), "command-", ".console");
            Process process = new ProcessBuilder(line)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().onExit().join();
            }
            String words = Files.readString(said, StandardCharsets.UTF_8);
            Files.delete(said);
            note(words, console);
            return new Answer(process.exitValue(), words.strip());
        } catch (IOException e) {
            throw StorageException.of("run a command", console, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + line.getLast() + " runs", e);
        }
    }

    /** Adds a line, or several, to a file. */
    static void note(String words, Path console) {
        try {
            Files.writeString(console, words.strip() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw StorageException.of("note what was said", console, e);
        }
    }
}
