package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.StorageException;

/**
 * A process that is started again a second after it has ended, whatever it ended of, as long as it is wanted: the person whom
 * errors ask to mend something is the one who made the fault. Remembers how it ended each time. Thread-safe.
 */
public final class Member {

    private static final long RESTART_SECONDS = 1;

    private final String name;
    private List<String> command;
    private final Path console;
    private final ScheduledExecutorService timer;
    private final List<End> ends = new ArrayList<>();
    private Process process;
    private CompletableFuture<End> ending; // of the process
    private boolean wanted;

    /**
     * How a process ended.
     *
     * @param name of the process
     * @param atNanos by {@link System#nanoTime}
     * @param code 128 and the number of the signal for one
     * @param words the last it said
     */
    public record End(String name, long atNanos, int code, String words) {}

    Member(String name, List<String> command, Path console, ScheduledExecutorService timer) {
        this.name = name;
        this.command = List.copyOf(command);
        this.console = console;
        this.timer = timer;
    }

    /** Starts it if it does not run, and keeps it running from now on. */
    public synchronized void keep() {
        wanted = true;
        if (process == null || !process.isAlive()) {
            start();
        }
    }

    /** What it is started by from the next time on. */
    public synchronized void become(List<String> other) {
        command = List.copyOf(other);
    }

    /** Starts it no more; one that runs goes on. */
    public synchronized void leave() {
        wanted = false;
    }

    /** Starts it once, and lets it end; completes with how. Only for one that does not run. */
    public synchronized CompletableFuture<End> startOnce() {
        wanted = false;
        start();
        return ending;
    }

    /** Ends it by SIGTERM for good; returns its exit code. */
    public int terminate() {
        leave();
        Optional<Process> last = process();
        last.ifPresent(Process::destroy);
        return last.map(each -> each.onExit().join().exitValue()).orElse(0);
    }

    /** Kills it for good. */
    public void end() {
        leave();
        process().ifPresent(each -> Harm.kill(each.toHandle()));
    }

    /** The process, if it runs. */
    public synchronized Optional<Process> process() {
        return Optional.ofNullable(process).filter(Process::isAlive);
    }

    /** How it has ended so far, each time. */
    public synchronized List<End> ends() {
        return List.copyOf(ends);
    }

    private void start() {
        try {
            long from = Files.exists(console) ? Files.size(console) : 0;
            process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                    .start();
            ending = process.onExit().thenApply(ended -> ended(ended, from));
        } catch (IOException e) {
            throw StorageException.of("start " + name, console, e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a start that fails ends the next look at it
    private synchronized End ended(Process last, long from) {
        End end = new End(name, System.nanoTime(), last.exitValue(), words(from));
        ends.add(end);
        if (wanted && !timer.isShutdown()) {
            timer.schedule(this::again, RESTART_SECONDS, TimeUnit.SECONDS);
        }
        return end;
    }

    private synchronized void again() {
        if (wanted && !process.isAlive()) {
            start();
        }
    }

    private String words(long from) {
        try {
            byte[] all = Files.readAllBytes(console);
            int start = (int) Math.min(from, all.length);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "what it said cannot be read: " + e;
        }
    }
}
