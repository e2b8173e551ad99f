package org.alluvium.cli.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.cli.supervise.ChildState;
import org.alluvium.cli.supervise.Outcome;
import org.alluvium.cli.supervise.RestartPolicy;
import org.alluvium.cli.supervise.Supervisor;
import org.alluvium.cli.view.Display;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises the processes of a plan and shows ingest and trainer until they end. The supervisor has the calling thread; a second one polls
 * what is published, draws, and lets {@link Companion} do its part.
 */
public final class LocalRun {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);

    /** Time for a process to stop: enough for a last checkpoint of a large model. */
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final Duration REDRAW = Duration.ofMillis(500);

    private final LocalPlan plan;
    private final Companion companion;
    private final Display display;
    private final InstantSource clock;
    private final Instant startedAt;
    private final RunMonitor monitor;
    private final Supervisor supervisor;
    private final Map<String, ChildState> states = new ConcurrentHashMap<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final Set<String> readErrors = new HashSet<>();

    /** Something that goes on beside the processes; called twice a second, on one thread. */
    public interface Companion {

        /** Does what is due, having seen what is published; returns an outcome to end the run with it. */
        Optional<Outcome> tick(RunMonitor monitor, Instant now);

        /** What is still to come, for the view; may be empty. */
        String describe();

        /** Nothing. */
        static Companion none() {
            return new Companion() {
                @Override
                public Optional<Outcome> tick(RunMonitor monitor, Instant now) {
                    return Optional.empty();
                }

                @Override
                public String describe() {
                    return "";
                }
            };
        }
    }

    public LocalRun(LocalPlan plan, Companion companion, Display display, InstantSource clock) {
        this.plan = plan;
        this.companion = companion;
        this.display = display;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.monitor = plan.monitor();
        this.supervisor = new Supervisor(plan.children(), RestartPolicy.STANDARD, GRACE, clock, this::childChanged);
    }

    /** Asks {@link #run} to stop the processes and to return. Any thread. */
    public void stop() {
        notes.add("stopping: the trainer writes a last checkpoint");
        supervisor.stop(Outcome.STOPPED);
    }

    /** Runs until the goal is reached, a process fails for good, or somebody stops it; no process is left then. */
    public Outcome run() throws InterruptedException {
        try (ScheduledExecutorService drawing = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> ticks =
                    drawing.scheduleWithFixedDelay(this::tick, 0, REDRAW.toMillis(), TimeUnit.MILLISECONDS);
            Outcome outcome = supervisor.run();
            ticks.cancel(false);
            drawing.execute(this::draw);
            return outcome;
        } finally {
            display.close();
        }
    }

    private void tick() {
        try {
            companion.tick(monitor, clock.instant()).ifPresent(supervisor::stop);
            draw();
        } catch (AlluviumException e) {
            supervisor.stop(new Outcome(e.exitCode(), e.getMessage()));
        } catch (RuntimeException e) {
            // Nobody awaits this thread: what goes wrong on it must end the run, or it would go on unseen.
            LOG.error("the view failed", e);
            supervisor.stop(new Outcome(ExitCode.FAILED, "unexpected error in the view, a defect of Alluvium: " + e));
        }
    }

    private void draw() {
        poll();
        for (String note = notes.poll(); note != null; note = notes.poll()) {
            display.note(note);
        }
        Instant now = clock.instant();
        display.show(monitor.snapshot(head(now), now));
    }

    /** A damaged file is the affair of the process that reads it in earnest; the view says so once and goes on. */
    private void poll() {
        try {
            monitor.poll();
        } catch (AlluviumException e) {
            if (readErrors.add(e.getMessage())) {
                notes.add("the view cannot read everything: " + e.getMessage());
            }
        }
    }

    private RunMonitor.Head head(Instant now) {
        return new RunMonitor.Head(
                plan.title(),
                Duration.between(startedAt, now),
                Activities.of(state(LocalPlan.INGEST), monitor.ingest().lastSign(), Optional.empty(), now),
                Activities.of(
                        state(LocalPlan.TRAIN),
                        monitor.trainer().lastEvent(),
                        monitor.trainer().waiting(),
                        now),
                plan.steps(),
                companion.describe());
    }

    private ChildState state(String child) {
        return states.getOrDefault(child, new ChildState.Stopped());
    }

    private void childChanged(String child, ChildState state) {
        states.put(child, state);
        Activities.note(child, state).ifPresent(notes::add);
    }
}
