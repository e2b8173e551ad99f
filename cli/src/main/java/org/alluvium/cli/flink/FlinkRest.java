package org.alluvium.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * What can be asked of a JobManager, by version 1 of Flink's REST interface. Nobody there, a bad certificate, a wrong
 * password and an answer that is an error are {@link UnavailableException}s, unless a method says otherwise. Thread-safe.
 */
public final class FlinkRest implements AutoCloseable {

    private static final int NOT_FOUND = 404;

    private final FlinkHttp http;

    private FlinkRest(FlinkHttp http) {
        this.http = http;
    }

    /**
     * A client of the configured JobManager; whether it is there is not asked yet.
     *
     * @throws StorageException if a file of the credentials cannot be read
     */
    public static FlinkRest of(ClusterConfig cluster) {
        return new FlinkRest(FlinkHttp.to(cluster));
    }

    /** Where requests go. */
    public String address() {
        return http.address();
    }

    public ClusterOverview overview() {
        JsonNode overview = get("v1/overview");
        return new ClusterOverview(
                overview.path("flink-version").asText(),
                overview.path("taskmanagers").asInt(),
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /** Names of the TaskManagers that have registered. */
    public Set<String> taskManagers() {
        Set<String> names = new TreeSet<>();
        get("v1/taskmanagers")
                .path("taskmanagers")
                .forEach(each -> names.add(each.path("id").asText()));
        return names;
    }

    /** All jobs that the JobManager remembers, those that have ended too. */
    public List<JobId> jobs() {
        List<JobId> jobs = new ArrayList<>();
        get("v1/jobs")
                .path("jobs")
                .forEach(each -> jobs.add(new JobId(each.path("id").asText())));
        return jobs;
    }

    /**
     * A job.
     *
     * @throws UnavailableException if there is no such job
     */
    public FlinkJob job(JobId id) {
        JsonNode job = ofJob(id, "");
        List<FlinkJob.Task> tasks = new ArrayList<>();
        int maxParallelism = Integer.MAX_VALUE;
        for (JsonNode vertex : job.path("vertices")) {
            tasks.add(new FlinkJob.Task(
                    vertex.path("id").asText(),
                    vertex.path("name").asText(),
                    vertex.path("parallelism").asInt(),
                    vertex.path("tasks").path("RUNNING").asInt()));
            maxParallelism =
                    Math.min(maxParallelism, vertex.path("maxParallelism").asInt());
        }
        String state = job.path("state").asText();
        return new FlinkJob(
                id,
                job.path("name").asText(),
                state,
                job.path("timestamps").path(state).asLong(),
                maxParallelism,
                tasks);
    }

    /**
     * What the job's checkpoints have come to; nothing yet while it is being started.
     *
     * @throws UnavailableException if there is no such job
     */
    public Checkpoints checkpoints(JobId id) {
        JsonNode checkpoints;
        try {
            checkpoints = http.get("v1/jobs/" + id + "/checkpoints");
        } catch (RefusedException e) {
            if (e.status() != NOT_FOUND && !e.jobIsBeingStarted()) {
                throw unexpected(e);
            }
            ofJob(id, ""); // Flink has no checkpoints of a job that it is about to start, but knows the job
            return Checkpoints.NONE;
        }
        JsonNode counts = checkpoints.path("counts");
        JsonNode newest = checkpoints.path("latest").path("completed").path("external_path");
        return new Checkpoints(
                counts.path("completed").asLong(),
                counts.path("failed").asLong(),
                newest.isTextual() ? Optional.of(newest.asText()) : Optional.empty());
    }

    /** The job's global parameters: what it says of itself. */
    public Map<String, String> parameters(JobId id) {
        Map<String, String> parameters = new LinkedHashMap<>();
        ofJob(id, "/config")
                .path("execution-config")
                .path("user-config")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }

    /** How often the job has been restarted; the JobManager may know it some seconds later. */
    public long restarts(JobId id) {
        for (JsonNode metric : ofJob(id, "/metrics?get=numRestarts")) {
            return metric.path("value").asLong();
        }
        return 0;
    }

    /** When the newest failures were, in milliseconds since 1970; Flink keeps a few. */
    public List<Long> failures(JobId id) {
        List<Long> times = new ArrayList<>();
        ofJob(id, "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .forEach(entry -> times.add(entry.path("timestamp").asLong()));
        return times;
    }

    /** Why the job has failed last, in one line. */
    public Optional<String> lastFailure(JobId id) {
        JsonNode exceptions = ofJob(id, "/exceptions");
        for (JsonNode entry : exceptions.path("exceptionHistory").path("entries")) {
            return Optional.of(
                    RefusedException.innermost(entry.path("stacktrace").asText()));
        }
        JsonNode root = exceptions.path("root-exception");
        return root.isTextual() ? Optional.of(RefusedException.innermost(root.asText())) : Optional.empty();
    }

    /** Names of the jars that have been uploaded and are still there. */
    public List<String> jars() {
        List<String> jars = new ArrayList<>();
        get("v1/jars").path("files").forEach(each -> jars.add(each.path("id").asText()));
        return jars;
    }

    /** Uploads a jar, and returns the name that the cluster gives it. */
    public String upload(Path jar) {
        String path = expected(() -> http.upload("v1/jars/upload", "jarfile", jar))
                .path("filename")
                .asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Starts a job; its main method has run when this returns.
     *
     * @throws RefusedException if the main method fails, or the cluster does not take the job
     */
    public JobId run(RunRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("entryClass", request.mainClass());
        request.arguments().forEach(body.putArray("programArgsList")::add);
        request.savepoint().ifPresent(path -> body.put("savepointPath", path).put("claimMode", "NO_CLAIM"));
        body.put("allowNonRestoredState", request.dropUnknownState());
        return new JobId(http.send("v1/jars/" + request.jar() + "/run", "POST", body)
                .path("jobid")
                .asText());
    }

    /** Begins to stop a job with a savepoint in a folder; the result is what {@link #savepoint} is asked about. */
    public String stop(JobId id, String folder) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("targetDirectory", folder)
                .put("drain", false);
        return expected(() -> http.send("v1/jobs/" + id + "/stop", "POST", body))
                .path("request-id")
                .asText();
    }

    /**
     * Where a savepoint lies; empty while it is being made.
     *
     * @throws UnavailableException if it has failed
     */
    public Optional<String> savepoint(JobId id, String request) {
        JsonNode answer = ofJob(id, "/savepoints/" + request);
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return Optional.empty();
        }
        JsonNode operation = answer.path("operation");
        if (operation.has("failure-cause")) {
            throw new UnavailableException(
                    "the savepoint failed: "
                            + RefusedException.innermost(operation
                                    .path("failure-cause")
                                    .path("stack-trace")
                                    .asText()),
                    "job " + id,
                    "The job goes on unless 'alluvium jobs' says otherwise; mend what the message names and try again");
        }
        return Optional.of(operation.path("location").asText());
    }

    /** Begins to cancel a job. */
    public void cancel(JobId id) {
        expected(() -> http.send("v1/jobs/" + id + "?mode=cancel", "PATCH", BodyPublishers.noBody()));
    }

    /**
     * Gives tasks another parallelism while the job runs, which restarts them from a checkpoint.
     *
     * @param parallelism of every task, by its id
     * @throws RefusedException also where the JobManager's scheduler cannot do this
     */
    public void rescale(JobId id, Map<String, Integer> parallelism) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        parallelism.forEach((task, subtasks) -> body.putObject(task)
                .putObject("parallelism")
                .put("lowerBound", 1)
                .put("upperBound", subtasks));
        http.send("v1/jobs/" + id + "/resource-requirements", "PUT", body);
    }

    private JsonNode ofJob(JobId id, String what) {
        try {
            return http.get("v1/jobs/" + id + what);
        } catch (RefusedException e) {
            if (e.status() == NOT_FOUND) {
                throw new UnavailableException(
                        "there is no job " + id,
                        address(),
                        "'alluvium jobs' lists those there are; a JobManager that was restarted has forgotten its jobs,"
                                + " which 'alluvium submit --resume' starts again",
                        e);
            }
            throw unexpected(e);
        }
    }

    private JsonNode get(String path) {
        return expected(() -> http.get(path));
    }

    private JsonNode expected(Supplier<JsonNode> request) {
        try {
            return request.get();
        } catch (RefusedException e) {
            throw unexpected(e);
        }
    }

    private UnavailableException unexpected(RefusedException e) {
        return new UnavailableException(
                "the JobManager refuses: " + e.reason(), address(), "See 'alluvium jobs', and the JobManager's log", e);
    }

    @Override
    public void close() {
        http.close();
    }
}
