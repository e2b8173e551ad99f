package org.alluvium.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.alluvium.cli.flink.ClusterOverview;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.ProcessLock;

/**
 * A standalone Flink cluster in a folder of this machine:
 *
 * <pre>
 * conf/config.yaml         Flink's settings, written at every start
 * log/jobmanager.log, log/taskmanager-1.log, …   and .out for what a process prints
 * pids/jobmanager, pids/taskmanager-1, …         which processes they are
 * uploads/, tmp/           jars that were uploaded; scratch
 * </pre>
 *
 * Its processes go on when whoever started them ends. {@link #start} brings up what is missing, so it also mends a cluster of
 * which something was killed. A JobManager that was killed has forgotten its jobs: there is no second one, and no ZooKeeper
 * to remember for it; they are started again from their newest checkpoints. One start or stop at a time works on a folder.
 */
public final class LocalCluster {

    private static final String JOB_MANAGER = "jobmanager";
    private static final String TASK_MANAGER = "taskmanager-";
    private static final String JOB_MANAGER_MAIN =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER_MAIN = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 100;

    private final FlinkHome flink;
    private final AlluviumConfig config;
    private final Path folder;
    private final Consumer<String> progress;

    /** @param progress takes a line for whatever takes its time */
    public LocalCluster(FlinkHome flink, AlluviumConfig config, Consumer<String> progress) {
        this.flink = flink;
        this.config = config;
        this.folder = config.cluster().dir();
        this.progress = progress;
    }

    /**
     * Starts the processes that do not run, and ends TaskManagers beyond the configured number. Returns once the JobManager
     * answers and every TaskManager has registered its slots with it.
     *
     * @throws UnavailableException if a process ends instead, or the JobManager's port is somebody else's
     */
    @SuppressWarnings("try") // the lock is held, not used
    public ClusterState start() {
        try (ProcessLock lock = lock();
                FlinkRest rest = FlinkRest.of(config.cluster())) {
            LaunchPlan plan = prepare();
            refuseStrangersPort(rest);
            List<Started> started = new ArrayList<>();
            if (pid(JOB_MANAGER).process().isEmpty()) {
                started.add(launch(JOB_MANAGER, JOB_MANAGER, JOB_MANAGER_MAIN, plan.jobManager(), List.of()));
            }
            List<String> wanted = names();
            for (String name : wanted) {
                if (pid(name).process().isEmpty()) {
                    String id = name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
                    started.add(
                            launch(name, id, TASK_MANAGER_MAIN, plan.taskManager(), taskManagerArguments(name, id)));
                }
            }
            known().filter(name -> name.startsWith(TASK_MANAGER) && !wanted.contains(name))
                    .forEach(this::end);
            await(rest, started, wanted);
            return state();
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= config.cluster().taskManagers(); number++) {
            names.add(TASK_MANAGER + number);
        }
        return names;
    }

    private List<String> taskManagerArguments(String name, String id) {
        return List.of(
                "-D",
                "taskmanager.resource-id=" + id,
                "-D",
                "taskmanager.log.path=" + log(name),
                "-D",
                "io.tmp.dirs=" + folder.resolve("tmp").resolve(name));
    }

    /** The port of a JobManager that runs stays, since TaskManagers know no other. */
    private LaunchPlan prepare() {
        try {
            for (String name : List.of("log", "pids", "tmp", "uploads")) {
                Files.createDirectories(folder.resolve(name));
            }
        } catch (IOException e) {
            throw StorageException.of("prepare the cluster's folder", folder, e);
        }
        boolean first = !state().anyRuns();
        return LaunchPlan.of(flink, config, folder, first);
    }

    private void refuseStrangersPort(FlinkRest rest) {
        if (pid(JOB_MANAGER).process().isPresent()) {
            return;
        }
        try {
            rest.overview();
        } catch (UnavailableException nobody) {
            return;
        }
        throw new UnavailableException(
                "a JobManager that was not started from " + folder + " answers there",
                rest.address(),
                "Stop it, or give this cluster another port with cluster.jobManager");
    }

    private record Started(String name, Process process) {}

    /** @param id what the JobManager calls the process */
    private Started launch(String name, String id, String main, LaunchPlan.Launch launch, List<String> arguments) {
        Path log = log(name);
        // Whoever closes the terminal that this was started from sends its processes a hangup.
        List<String> line = new ArrayList<>(List.of("nohup"));
        List<String> options = new ArrayList<>(launch.options());
        // Not by Flink's own name, log.file: the state backends would put logs of theirs beside it, under names too
        // long.
        options.add("-Dalluvium.flink.log=" + log);
        options.add("-Dlog4j.configurationFile=" + flink.logging().toUri());
        line.addAll(flink.java(options));
        line.addAll(List.of(main, "--configDir", folder.resolve("conf").toString()));
        line.addAll(launch.arguments());
        line.addAll(arguments);
        try {
            Path out = log.resolveSibling(name + ".out");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
            builder.environment().put("FLINK_PLUGINS_DIR", flink.plugins().toString());
            builder.environment().put("FLINK_CONF_DIR", folder.resolve("conf").toString());
            Process process = builder.start();
            pid(name).write(process.toHandle(), id);
            progress.accept("started " + name + " (process " + process.pid() + ", log " + log + ")");
            return new Started(name, process);
        } catch (IOException e) {
            throw StorageException.of("start " + name, folder, e);
        }
    }

    /** Waits for what was started to be of use; what was there before is asked for as well. */
    private void await(FlinkRest rest, List<Started> started, List<String> taskManagers) {
        long deadline = System.nanoTime() + config.cluster().patience().toNanos();
        progress.accept("waiting for " + taskManagers.size() + " TaskManagers at " + rest.address());
        while (!isReady(rest, taskManagers)) {
            for (Started each : started) {
                if (!each.process().isAlive()) {
                    throw new UnavailableException(
                            each.name() + " has ended with " + each.process().exitValue() + ": "
                                    + lastWords(each.name()),
                            log(each.name()).toString(),
                            "Its log says why; memory that is not there and ports that are taken are the usual reasons");
                }
            }
            if (System.nanoTime() > deadline) {
                throw new UnavailableException(
                        "the cluster is not ready after "
                                + config.cluster().patience().toSeconds() + " s",
                        folder.resolve("log").toString(),
                        "Read the logs; 'alluvium cluster stop' ends what was started");
            }
            pause();
        }
    }

    private boolean isReady(FlinkRest rest, List<String> taskManagers) {
        try {
            List<String> ids = taskManagers.stream()
                    .flatMap(name -> pid(name).name().stream())
                    .toList();
            ClusterConfig cluster = config.cluster();
            ClusterOverview overview = rest.overview();
            return rest.taskManagers().containsAll(ids)
                    && ids.size() == taskManagers.size()
                    && overview.slots() >= cluster.taskManagers() * cluster.slots();
        } catch (UnavailableException notYet) {
            return false;
        }
    }

    /** A JobManager is asked over the network, so there is no event to wait for. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", "the cluster", "Run the command again", e);
        }
    }

    /** Which processes run. */
    public ClusterState state() {
        List<ClusterState.Member> members = Stream.concat(names().stream(), known())
                .filter(name -> name.startsWith(TASK_MANAGER))
                .distinct()
                .map(this::member)
                .toList();
        return new ClusterState(member(JOB_MANAGER), members);
    }

    private ClusterState.Member member(String name) {
        long id = pid(name).process().map(ProcessHandle::pid).orElse(0L);
        return new ClusterState.Member(name, id, log(name).toString());
    }

    /**
     * Ends all processes, the JobManager first; those that do not end by themselves are killed. Jobs end with it; what they
     * need to go on is where their checkpoints are.
     *
     * @return how many there were to end
     */
    @SuppressWarnings("try") // the lock is held, not used
    public int stop() {
        try (ProcessLock lock = lock()) {
            List<String> running = known().filter(name -> pid(name).process().isPresent())
                    .sorted()
                    .toList();
            running.forEach(this::end);
            known().forEach(name -> pid(name).delete());
            return running.size();
        }
    }

    private void end(String name) {
        pid(name).process().ifPresent(process -> {
            progress.accept("stopping " + name + " (process " + process.pid() + ")");
            CompletableFuture<ProcessHandle> ended = process.onExit();
            process.destroy();
            try {
                ended.orTimeout(GRACE.toSeconds(), TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
                progress.accept(name + " did not end in " + GRACE.toSeconds() + " s and is killed");
                process.destroyForcibly();
                process.onExit().join();
            }
        });
        pid(name).delete();
    }

    /** Names of the processes that were started and not stopped. */
    private Stream<String> known() {
        Path pids = folder.resolve("pids");
        if (!Files.isDirectory(pids)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(pids)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw StorageException.of("list the cluster's processes", pids, e);
        }
    }

    private String lastWords(String name) {
        Map<Path, Optional<String>> said = new LinkedHashMap<>();
        for (Path file : List.of(log(name), log(name).resolveSibling(name + ".out"))) {
            try {
                said.put(file, Files.exists(file) ? lastProblem(Files.readAllLines(file)) : Optional.empty());
            } catch (IOException e) {
                said.put(file, Optional.of("what it said cannot be read: " + e));
            }
        }
        return said.values().stream().flatMap(Optional::stream).findFirst().orElse("it said nothing");
    }

    private static Optional<String> lastProblem(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("ERROR") || line.startsWith("Caused by:") || line.startsWith("Error"))
                .reduce((before, after) -> after)
                .map(String::strip);
    }

    private PidFile pid(String name) {
        return new PidFile(folder.resolve("pids").resolve(name));
    }

    private Path log(String name) {
        return folder.resolve("log").resolve(name + ".log");
    }

    private ProcessLock lock() {
        return ProcessLock.acquire(folder.resolve("cluster.lock"), "cluster");
    }
}
