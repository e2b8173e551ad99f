package org.alluvium.cli.supervise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.store.ProcessLock;

/**
 * Keeps processes running until the goal is reached, one of them fails for good, or somebody stops it.
 *
 * <p>One thread, the caller of {@link #run}, owns everything: ends of processes, restarts that are due and requests to stop
 * reach it as signals in a queue. When it returns, no process is left. Each process has a pipe from the supervisor as its
 * standard input, and stops when that closes ({@link ParentWatch}); so none is left behind by {@code kill -9} either.
 */
public final class Supervisor {

    private final List<Child> children;
    private final RestartPolicy policy;
    private final Duration grace;
    private final InstantSource clock;
    private final SupervisorListener listener;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    /** Something that happened to the supervisor. */
    private sealed interface Signal {

        record Exited(Child child, int exitCode) implements Signal {}

        record PredecessorGone(Child child) implements Signal {}

        record Stop(Outcome outcome) implements Signal {}
    }

    /**
     * @param specs in the order in which they are started
     * @param grace time that a process has to stop when asked; after that it is killed
     */
    public Supervisor(
            List<ChildSpec> specs,
            RestartPolicy policy,
            Duration grace,
            InstantSource clock,
            SupervisorListener listener) {
        this.children = specs.stream().map(Child::new).toList();
        this.policy = policy;
        this.grace = grace;
        this.clock = clock;
        this.listener = listener;
    }

    /** Asks {@link #run} to stop every process and to return the outcome. The first request counts. Any thread. */
    public void stop(Outcome outcome) {
        signals.add(new Signal.Stop(outcome));
    }

    /** Starts every process and returns when it is over and none is left. */
    public Outcome run() throws InterruptedException {
        Outcome outcome = null;
        try {
            for (Child child : children) {
                startOrWait(child);
            }
            while (outcome == null) {
                Signal signal = nextSignal();
                outcome = signal == null ? startWhatIsDue() : handle(signal);
            }
            return outcome;
        } finally {
            stopChildren();
        }
    }

    /** The next signal, or null when a restart is due before one comes. */
    private Signal nextSignal() throws InterruptedException {
        Optional<Instant> due =
                children.stream().flatMap(child -> child.due.stream()).min(Instant::compareTo);
        if (due.isEmpty()) {
            return signals.take();
        }
        long wait = Duration.between(clock.instant(), due.get()).toMillis();
        return signals.poll(Math.max(0, wait), TimeUnit.MILLISECONDS);
    }

    private Outcome startWhatIsDue() {
        for (Child child : children) {
            if (child.due.filter(due -> !due.isAfter(clock.instant())).isPresent()) {
                start(child);
            }
        }
        return null;
    }

    private Outcome handle(Signal signal) {
        return switch (signal) {
            case Signal.Stop stop -> stop.outcome();
            case Signal.PredecessorGone gone -> {
                if (gone.child().process.isEmpty()) {
                    start(gone.child());
                }
                yield null;
            }
            case Signal.Exited exited -> ended(exited.child(), exited.exitCode());
        };
    }

    private Outcome ended(Child child, int exitCode) {
        Duration ranFor = Duration.between(child.startedAt, clock.instant());
        child.process = Optional.empty();
        return switch (policy.judge(exitCode, ranFor, child.crashes)) {
            case RestartPolicy.Verdict.Finished() -> {
                child.finished = true;
                tell(child, new ChildState.Finished());
                yield goalReached(child) ? outcomeAtGoal() : null;
            }
            case RestartPolicy.Verdict.Restart(Duration delay, String why) -> {
                child.crashes = policy.crashesAfter(ranFor, child.crashes);
                Instant at = clock.instant().plus(delay);
                child.due = Optional.of(at);
                tell(child, new ChildState.Restarting(why, at));
                yield null;
            }
            case RestartPolicy.Verdict.GiveUp(ExitCode code, String why) -> {
                String said = child.lastWords();
                String message = said.isEmpty() ? child.spec.name() + ": " + why : said;
                child.failed = true;
                tell(child, new ChildState.Failed(message));
                yield new Outcome(code, message);
            }
        };
    }

    private boolean goalReached(Child finished) {
        return finished.spec.goal() || children.stream().allMatch(child -> child.finished);
    }

    /** The goal counts only if nothing else was down when it was reached. */
    private Outcome outcomeAtGoal() {
        return children.stream()
                .filter(child -> !child.finished && child.process.isEmpty())
                .findFirst()
                .map(down -> new Outcome(
                        ExitCode.FAILED,
                        "the goal was reached, but " + down.spec.name() + " had crashed; see " + down.spec.console()))
                .orElse(Outcome.REACHED);
    }

    private void startOrWait(Child child) {
        Optional<ProcessHandle> predecessor = predecessor(child.spec);
        if (predecessor.isEmpty()) {
            start(child);
            return;
        }
        // If it does not end in time, the new process is started all the same, and says who is in its way.
        child.due = Optional.of(clock.instant().plus(grace));
        child.ending = predecessor.get().onExit().thenRun(() -> signals.add(new Signal.PredecessorGone(child)));
        tell(child, new ChildState.WaitingForPredecessor(predecessor.get().pid()));
    }

    private static Optional<ProcessHandle> predecessor(ChildSpec spec) {
        return spec.lock()
                .flatMap(ProcessLock::holder)
                .map(line -> line.replaceAll("\\D.*", ""))
                .filter(pid -> !pid.isEmpty())
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    }

    private void start(Child child) {
        child.due = Optional.empty();
        Process process = child.start();
        child.startedAt = clock.instant();
        child.ending = process.onExit().thenAccept(ended -> signals.add(new Signal.Exited(child, ended.exitValue())));
        tell(child, new ChildState.Running(process.pid(), child.startedAt));
    }

    /** Asks every process to stop, waits, and kills what has not stopped in time. */
    private void stopChildren() throws InterruptedException {
        List<Child> running =
                children.stream().filter(child -> child.process.isPresent()).toList();
        running.forEach(child -> child.process.get().destroy());
        Instant deadline = clock.instant().plus(grace);
        for (Child child : running) {
            Process process = child.process.get();
            long left = Duration.between(clock.instant(), deadline).toMillis();
            if (!process.waitFor(Math.max(0, left), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        for (Child child : children) {
            if (!child.finished && !child.failed) {
                tell(child, new ChildState.Stopped());
            }
        }
    }

    private void tell(Child child, ChildState state) {
        listener.changed(child.spec.name(), state);
    }
}
