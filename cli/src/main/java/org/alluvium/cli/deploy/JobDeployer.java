package org.alluvium.cli.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.alluvium.cli.flink.ClusterOverview;
import org.alluvium.cli.flink.FlinkJob;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.cli.flink.JobId;
import org.alluvium.cli.flink.RefusedException;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.PackedConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.job.IngestJob;
import org.alluvium.flink.job.NewestState;

/**
 * Starts, replaces, rescales and ends the ingest job on a cluster. All it needs to know of a job that runs, the cluster tells;
 * so any machine can upgrade what another has submitted.
 *
 * <p>Whatever is done, a document is in the log once: a job goes on from its own state alone, and the log refuses one whose
 * state is older than its last entry. For one thread.
 */
public final class JobDeployer {

    private final FlinkRest rest;
    private final ClusterConfig cluster;
    private final Consumer<String> progress;
    private final Patience patience;
    private final JobStarter starter;

    /** @param progress takes a line for each step */
    public JobDeployer(FlinkRest rest, ClusterConfig cluster, Consumer<String> progress) {
        this.rest = rest;
        this.cluster = cluster;
        this.progress = progress;
        this.patience = new Patience(cluster.patience());
        this.starter = new JobStarter(rest, patience, progress);
    }

    /** All jobs that the JobManager remembers. */
    public List<IngestRun> runs() {
        List<IngestRun> runs = new ArrayList<>();
        for (JobId id : rest.jobs()) {
            runs.add(run(id));
        }
        return runs;
    }

    private IngestRun run(JobId id) {
        return new IngestRun(rest.job(id), rest.parameters(id));
    }

    /**
     * The job that is meant: the one of that id, or the only ingest job that has not ended.
     *
     * @throws UnavailableException if there is none, or more than one
     */
    public IngestRun find(Optional<JobId> id) {
        if (id.isPresent()) {
            return run(id.get());
        }
        List<IngestRun> alive = alive();
        if (alive.size() == 1) {
            return alive.get(0);
        }
        throw new UnavailableException(
                alive.isEmpty() ? "no ingest job runs there" : alive.size() + " ingest jobs run there",
                rest.address(),
                alive.isEmpty()
                        ? "Start one with 'alluvium submit'; --resume goes on from the newest checkpoint"
                        : "Name one of "
                                + alive.stream().map(run -> run.job().id()).toList() + " with --job");
    }

    private List<IngestRun> alive() {
        return runs().stream()
                .filter(run -> run.isIngest() && !run.job().hasEnded())
                .toList();
    }

    /**
     * Starts a job that no other of the same corpus runs beside; returns once all of it runs.
     *
     * @param state savepoint or checkpoint to go on from
     */
    public JobId submit(AlluviumConfig config, Path jar, Optional<String> state) {
        String packed = PackedConfig.of(config);
        String corpus = config.corpus().dir().toString();
        alive().stream()
                .filter(run -> run.corpus().equals(Optional.of(corpus)))
                .findFirst()
                .ifPresent(run -> {
                    throw new MismatchException(
                            "job " + run.job().id() + " already writes this corpus",
                            corpus,
                            "Replace it with 'alluvium upgrade', or end it with 'alluvium cancel'");
                });
        requireSlots(config.ingest().parallelism());
        String uploaded = starter.upload(jar);
        return starter.start(new JobStarter.Start(uploaded, packed, state, false));
    }

    private void requireSlots(int parallelism) {
        ClusterOverview overview = rest.overview();
        if (overview.freeSlots() < parallelism) {
            throw new UnavailableException(
                    "the job takes " + parallelism + " slots, and " + overview.freeSlots() + " of " + overview.slots()
                            + " are free",
                    rest.address(),
                    "Add TaskManagers (cluster.taskManagers, then 'alluvium cluster start'), or lower ingest.parallelism");
        }
    }

    /**
     * Stops a job with a savepoint and starts another version from it. If that does not become healthy, the old version takes
     * over again: from the savepoint, or, if the new version has completed checkpoints and so may have published, from the
     * newest of them, without the state of operators that the old version does not know.
     *
     * @param rollback the old version's jar; needed only if the cluster has lost it
     * @throws UnavailableException if there is no jar to go back to; nothing was changed then
     */
    public Upgrade upgrade(IngestRun old, AlluviumConfig config, Path jar, Optional<Path> rollback) {
        String packed = PackedConfig.of(config);
        String back = old.packed();
        requireSameCorpus(old, config);
        String oldJar = rollback.map(starter::upload).orElseGet(() -> stillThere(old));
        String newJar = starter.upload(jar);
        String savepoint = stop(old);
        Optional<JobId> started = Optional.empty();
        try {
            JobId id = starter.run(new JobStarter.Start(newJar, packed, Optional.of(savepoint), false));
            started = Optional.of(id);
            awaitHealth(id);
            return new Upgrade(id, savepoint, Optional.empty());
        } catch (AlluviumException broken) {
            progress.accept("the new version is given up: " + broken.getMessage());
            Optional<String> published = started.flatMap(id -> newestOf(id, old.config()));
            JobStarter.Start start = startOfOld(oldJar, back, savepoint, published);
            return new Upgrade(starter.start(start), savepoint, Optional.of(broken.getMessage()));
        }
    }

    private static void requireSameCorpus(IngestRun old, AlluviumConfig config) {
        String corpus = config.corpus().dir().toString();
        if (!old.corpus().equals(Optional.of(corpus))) {
            throw new MismatchException(
                    "the job to upgrade writes " + old.corpus().orElse("something else"),
                    corpus,
                    "Give the configuration of that corpus, or submit another job for this one");
        }
    }

    private String stillThere(IngestRun old) {
        return old.jar()
                .filter(rest.jars()::contains)
                .orElseThrow(() -> new UnavailableException(
                        "the cluster no longer has the jar of the version that runs, so there would be no way back",
                        "job " + old.job().id(),
                        "Name that version's jar with --rollback-jar"));
    }

    private void awaitHealth(JobId id) {
        Health health = new Health(cluster.healthyCheckpoints());
        progress.accept("waiting for " + cluster.healthyCheckpoints() + " checkpoints in a row");
        Health.Verdict verdict = patience.await("job " + id + " becomes healthy", () -> {
            long failures = rest.failures(id).size();
            Health.Verdict seen =
                    health.look(rest.job(id).state(), rest.checkpoints(id).completed(), failures);
            return seen == Health.Verdict.UNDECIDED ? Optional.empty() : Optional.of(seen);
        });
        if (verdict == Health.Verdict.BROKEN) {
            throw starter.failed(id);
        }
    }

    /**
     * Ends the new version, and finds its newest checkpoint: where there is one, it may have published. The JobManager no
     * longer knows of a job's checkpoints if that was cancelled while it restarted, so the place where they lie is looked at.
     */
    private Optional<String> newestOf(JobId id, AlluviumConfig config) {
        cancel(id);
        return rest.checkpoints(id)
                .newest()
                .or(() -> NewestState.of(config)
                        .map(place -> place.toUri().toString())
                        .filter(path -> path.contains("/" + id + "/")));
    }

    private JobStarter.Start startOfOld(String jar, String packed, String savepoint, Optional<String> published) {
        published.ifPresent(
                path -> progress.accept("it had completed checkpoints, and the old version goes on from " + path));
        return new JobStarter.Start(jar, packed, Optional.of(published.orElse(savepoint)), published.isPresent());
    }

    /**
     * Gives a job another parallelism: while it runs, where the cluster's scheduler can do that, and else by stopping it with a
     * savepoint and starting it again.
     *
     * @return the job that runs now
     * @throws MismatchException if the job's state cannot be divided so finely
     */
    public JobId rescale(IngestRun run, int parallelism) {
        FlinkJob job = run.job();
        String packed = run.packed();
        if (parallelism > job.maxParallelism()) {
            throw new MismatchException(
                    "its state can be divided among " + job.maxParallelism() + " subtasks and not among " + parallelism,
                    "job " + job.id(),
                    "Take at most ingest.maxParallelism, which is fixed for the life of the state");
        }
        if (parallelism > job.parallelism()) {
            requireSlots(parallelism - job.parallelism());
        }
        Map<String, Integer> tasks = new LinkedHashMap<>();
        job.tasks().forEach(task -> tasks.put(task.id(), IngestJob.runsOnce(task.name()) ? 1 : parallelism));
        try {
            rest.rescale(job.id(), tasks);
        } catch (RefusedException e) {
            progress.accept(
                    "the cluster cannot rescale while the job runs (" + e.reason() + "), so it is started again");
            return startAgain(run, packed, parallelism);
        }
        progress.accept("told the cluster; it restarts the tasks from a checkpoint");
        patience.await("job " + job.id() + " runs with parallelism " + parallelism, () -> {
            FlinkJob now = rest.job(job.id());
            if (now.hasEnded()) {
                throw starter.failed(job.id());
            }
            return now.runs() && now.parallelism() == parallelism ? Optional.of(now) : Optional.empty();
        });
        return job.id();
    }

    private JobId startAgain(IngestRun run, String packed, int parallelism) {
        String jar = stillThere(run);
        String savepoint = stop(run);
        return starter.start(new JobStarter.Start(jar, packed, Optional.of(savepoint), false)
                .with("ingest.parallelism=" + parallelism));
    }

    /**
     * Stops a job with a savepoint, which publishes everything read so far.
     *
     * @return where the savepoint lies
     */
    public String stop(IngestRun run) {
        JobId id = run.job().id();
        Location folder = NewestState.savepoints(run.config());
        progress.accept("stopping job " + id + " with a savepoint");
        String request = rest.stop(id, folder.toUri().toString());
        String savepoint = patience.await("the savepoint of job " + id, () -> rest.savepoint(id, request));
        awaitEnd(id);
        progress.accept("savepoint " + savepoint);
        return savepoint;
    }

    /** Ends a job, if it has not ended; its checkpoints stay. */
    public void cancel(JobId id) {
        if (!rest.job(id).hasEnded()) {
            rest.cancel(id);
            awaitEnd(id);
        }
    }

    private void awaitEnd(JobId id) {
        patience.await("the end of job " + id, () -> Optional.of(rest.job(id)).filter(FlinkJob::hasEnded));
    }
}
