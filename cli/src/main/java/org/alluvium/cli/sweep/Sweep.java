package org.alluvium.cli.sweep;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.cli.sweep.SweepReport.State;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.RunLayout;

/**
 * Trains the runs of a grid one after another. What is done is read from the runs themselves: finished ones are left as they
 * are, an unfinished one goes on from its newest checkpoint. A run that fails does not end the others.
 */
public final class Sweep {

    private final Path folder;
    private final Grid grid;
    private final List<Job> jobs;
    private final Progress progress;
    private final Map<Job, State> ended = new HashMap<>();

    /**
     * @param folder of the reports; runs lie below it
     * @param jobs the points of the grid
     * @param progress told how it is going
     * @throws ConfigException if a run would never end
     */
    public Sweep(Path folder, Grid grid, List<Job> jobs, Progress progress) {
        this.folder = folder;
        this.grid = grid;
        this.jobs = List.copyOf(jobs);
        this.progress = progress;
        for (Job job : jobs) {
            if (job.config().train().steps() == 0) {
                throw new ConfigException(
                        "a run without a last step would never make room for the next",
                        "train.steps",
                        "Set train.steps, in the configuration or by --set");
            }
        }
    }

    /**
     * A point and the configuration of its run.
     *
     * @param config with the point's settings, and train.run as {@link #runFolder} says
     */
    public record Job(Grid.Point point, AlluviumConfig config) {}

    /** Lines for people. */
    public interface Progress {

        /** Something happened. */
        void note(String line);

        /** How the run is going, until the next line of either kind; called from a thread of the sweep. */
        void now(String line);
    }

    /** Trains a run to its end, or until it is stopped. */
    @FunctionalInterface
    public interface Trainer {
        ExitCode train(AlluviumConfig config);
    }

    /** Where the run of a point lies. */
    public static Path runFolder(Path folder, Grid.Point point) {
        return folder.resolve("runs").resolve(point.folder());
    }

    /**
     * Trains what is not finished, and writes the report after every run.
     *
     * @return {@link ExitCode#OK} if all runs are finished, {@link ExitCode#INTERRUPTED} if one was stopped on request, or
     *     {@link ExitCode#FAILED} if one failed
     * @throws MismatchException if a run was begun with another configuration
     */
    public ExitCode run(Trainer trainer) {
        jobs.forEach(Sweep::requireSameConfiguration);
        report().write(folder);
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            String name =
                    "run " + (i + 1) + " of " + jobs.size() + ": " + job.point().words();
            if (state(job) == State.FINISHED) {
                progress.note(name + ": finished before");
                continue;
            }
            progress.note(name);
            if (train(job, trainer, stepsOf(jobs.subList(i + 1, jobs.size()))) == ExitCode.INTERRUPTED) {
                return ExitCode.INTERRUPTED;
            }
            report().write(folder);
        }
        return ended.containsValue(State.FAILED) ? ExitCode.FAILED : ExitCode.OK;
    }

    @SuppressWarnings("try") // the watch is held, not used
    private ExitCode train(Job job, Trainer trainer, long laterSteps) {
        Path events = new RunLayout(job.config().train().run()).events();
        Pace pace = new Pace(job.config().train().steps(), laterSteps);
        try (RunWatch watch = RunWatch.start(events, pace, progress::now)) {
            ExitCode code = trainer.train(job.config());
            if (code != ExitCode.INTERRUPTED) {
                ended.put(job, State.FINISHED);
            }
            return code;
        } catch (AlluviumException e) {
            ended.put(job, State.FAILED);
            progress.note("failed: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Steps that these runs have still to take. */
    private long stepsOf(List<Job> later) {
        return later.stream()
                .mapToLong(job -> job.config().train().steps() - outcome(job).step())
                .sum();
    }

    private static void requireSameConfiguration(Job job) {
        Path run = job.config().train().run();
        String now = ConfigDigest.of(job.config());
        outcome(job).configDigest().filter(begun -> !begun.equals(now)).ifPresent(begun -> {
            throw new MismatchException(
                    "this run was begun with a configuration of digest " + begun + ", now it is " + now,
                    run.toString(),
                    "Set the configuration back, or choose another folder for the sweep");
        });
    }

    /** How all runs stand. */
    public SweepReport report() {
        return new SweepReport(
                grid,
                jobs.stream()
                        .map(job -> new SweepReport.Row(job.point(), state(job), outcome(job)))
                        .toList());
    }

    private State state(Job job) {
        if (ended.containsKey(job)) {
            return ended.get(job);
        }
        Outcome outcome = outcome(job);
        if (outcome.reached(job.config().train().steps())) {
            return State.FINISHED;
        }
        return outcome.configDigest().isPresent() ? State.UNFINISHED : State.WAITING;
    }

    private static Outcome outcome(Job job) {
        RunLayout run = new RunLayout(job.config().train().run());
        return Outcome.of(EventReader.readAll(run.events()));
    }
}
