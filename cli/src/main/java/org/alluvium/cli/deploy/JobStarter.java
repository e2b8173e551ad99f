package org.alluvium.cli.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.alluvium.cli.flink.FlinkJob;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.cli.flink.JobId;
import org.alluvium.cli.flink.RefusedException;
import org.alluvium.cli.flink.RunRequest;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.job.IngestJobMain;

/** Brings a job to a cluster and waits until all of it runs; says what stands in the way in words of what to do. */
final class JobStarter {

    private final FlinkRest rest;
    private final Patience patience;
    private final Consumer<String> progress;

    JobStarter(FlinkRest rest, Patience patience, Consumer<String> progress) {
        this.rest = rest;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * A job to be.
     *
     * @param jar as the cluster calls it
     * @param packed its configuration
     * @param overrides of the configuration
     * @param state what it goes on from
     * @param dropUnknownState whether state of operators that it does not have is left behind
     */
    record Start(String jar, String packed, List<String> overrides, Optional<String> state, boolean dropUnknownState) {

        Start {
            overrides = List.copyOf(overrides);
        }

        Start(String jar, String packed, Optional<String> state, boolean dropUnknownState) {
            this(jar, packed, List.of(), state, dropUnknownState);
        }

        Start with(String override) {
            return new Start(
                    jar,
                    packed,
                    Stream.concat(overrides.stream(), Stream.of(override)).toList(),
                    state,
                    dropUnknownState);
        }

        private RunRequest request() {
            List<String> arguments = new ArrayList<>(List.of(packed));
            arguments.addAll(overrides);
            arguments.add(IngestJobMain.JAR_OPTION + jar);
            return new RunRequest(jar, IngestJobMain.class.getName(), arguments, state, dropUnknownState);
        }
    }

    /** Uploads a jar, and returns the name that the cluster gives it. */
    String upload(Path jar) {
        progress.accept("uploading " + jar.getFileName());
        return rest.upload(jar);
    }

    /** Starts a job and waits until every subtask of it runs, or its input has ended. */
    JobId start(Start start) {
        JobId id = run(start);
        patience.await("job " + id + " runs", () -> {
            FlinkJob job = rest.job(id);
            if (job.hasEnded() && !job.state().equals("FINISHED")) {
                throw failed(id);
            }
            return Optional.of(job).filter(now -> now.hasEnded() || now.runs());
        });
        progress.accept("job " + id + " runs");
        return id;
    }

    /** Starts a job; whether it runs has to be seen. */
    JobId run(Start start) {
        progress.accept(
                "starting the job" + start.state().map(path -> " from " + path).orElse(""));
        try {
            JobId id = rest.run(start.request());
            progress.accept("the cluster has taken job " + id);
            return id;
        } catch (RefusedException e) {
            throw explain(e.reason(), rest.address(), e);
        }
    }

    /** Why a job has ended, or is about to. */
    AlluviumException failed(JobId id) {
        String why = rest.lastFailure(id).orElse("it does not say why");
        return explain(why, "job " + id, null);
    }

    private static AlluviumException explain(String reason, String where, Throwable cause) {
        if (reason.contains("Cannot map") || reason.contains("Failed to rollback to checkpoint/savepoint")) {
            return new MismatchException(
                    "the savepoint is not of such a job: " + reason,
                    where,
                    "Name a savepoint of this job; ingest.maxParallelism and the operators that hold state must be as they were: a"
                            + " Kafka source that shall not be read any more stays, with flow.paused: true",
                    cause);
        }
        if (reason.contains("ClassNotFoundException") || reason.contains("NoClassDefFoundError")) {
            return new MismatchException(
                    "a class is missing: " + reason, where, "Submit a job jar of Alluvium, built for Flink 2.3", cause);
        }
        return new UnavailableException(
                "the job does not run: " + reason,
                where,
                "Files that the configuration names must be at the same paths on the cluster; its logs have the whole story",
                cause);
    }
}
