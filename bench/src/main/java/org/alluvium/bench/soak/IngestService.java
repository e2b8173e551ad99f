package org.alluvium.bench.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.alluvium.cli.supervise.ChildSpec;
import org.alluvium.cli.supervise.ChildState;
import org.alluvium.cli.supervise.JavaCommand;
import org.alluvium.cli.supervise.Outcome;
import org.alluvium.cli.supervise.RestartPolicy;
import org.alluvium.cli.supervise.Supervisor;
import org.alluvium.contracts.layout.CorpusLayout;

/** {@code alluvium ingest} as its own process, kept running by the supervisor that {@code alluvium up} has. */
final class IngestService {

    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Supervisor supervisor;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile long pid = -1;
    private final AtomicInteger starts = new AtomicInteger();

    /**
     * Starts it.
     *
     * @param home the checkout, with the options of the JVM
     * @param config the configuration; logs are written to {@code logs/} beside it
     * @param heap the JVM's largest heap: {@code 1g}
     */
    IngestService(Path home, Path config, CorpusLayout corpus, String heap) {
        Path logs = config.resolveSibling("logs");
        ChildSpec spec = new ChildSpec(
                "ingest",
                command(home, config, logs, heap),
                logs.resolve("ingest.console"),
                Optional.of(corpus.lock()),
                true);
        this.supervisor = new Supervisor(
                List.of(spec), RestartPolicy.STANDARD, GRACE, InstantSource.system(), (child, state) -> changed(state));
        this.thread = Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
    }

    private static List<String> command(Path home, Path config, Path logs, String heap) {
        JavaCommand java =
                new JavaCommand(Path.of(System.getProperty("java.home")), home, System.getProperty("java.class.path"));
        List<String> line = new ArrayList<>(java.supervised("ingest", logs, List.of("--config", config.toString())));
        line.add(2, "-Xmx" + heap); // behind the file of options, which it overrides
        return line;
    }

    private void supervise() {
        try {
            Outcome outcome = supervisor.run();
            ended.completeExceptionally(new IllegalStateException("ingest has ended: " + outcome));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void changed(ChildState state) {
        if (state instanceof ChildState.Running(long running, var _)) {
            pid = running;
            starts.incrementAndGet();
        } else {
            pid = -1;
        }
    }

    /** The process, if it runs now. */
    OptionalLong pid() {
        long now = pid;
        return now < 0 ? OptionalLong.empty() : OptionalLong.of(now);
    }

    /** How often it was started. */
    int starts() {
        return starts.get();
    }

    /** {@code kill -9}, if it runs now; it is started again. */
    void kill() {
        pid().ifPresent(now -> ProcessHandle.of(now).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Completes, with the reason, when it has ended for good. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Stops it in order. */
    void stop() throws InterruptedException {
        supervisor.stop(Outcome.STOPPED);
        thread.join();
    }
}
