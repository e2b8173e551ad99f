package org.alluvium.flink.job;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.EventSink;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink cluster inside this process and the one job it runs. */
final class EmbeddedJob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);
    private static final JobID JOB_ID = JobID.fromHexString(FlinkSettings.JOB_ID);

    private final MiniCluster cluster;
    private final String state;

    private EmbeddedJob(MiniCluster cluster, String state) {
        this.cluster = cluster;
        this.state = state;
    }

    /** The environment's job under the name that the next process will look for. */
    static JobGraph graph(StreamExecutionEnvironment environment) {
        return environment.getStreamGraph().getJobGraph(EmbeddedJob.class.getClassLoader(), JOB_ID);
    }

    /**
     * Starts the cluster.
     *
     * @param state folder of the job's checkpoints, for messages
     * @param events where the job's sources report to
     * @param scraped what answers Prometheus
     */
    static EmbeddedJob start(Configuration flink, String state, EventSink events, Optional<MetricReporter> scraped) {
        MiniClusterConfiguration configuration = new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(flink.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .build();
        EmbeddedJob job = new EmbeddedJob(new ReportingCluster(configuration, events, scraped), state);
        try {
            job.cluster.start();
        } catch (Exception e) {
            throw JobFailure.explain(e, state);
        }
        return job;
    }

    /**
     * Runs the job until it has finished or is cancelled.
     *
     * @param stop cancels the job when it completes
     */
    ExitCode runToEnd(JobGraph graph, CompletableFuture<Void> stop) throws InterruptedException {
        try {
            cluster.submitJob(graph).get();
            CompletableFuture<JobResult> end = cluster.requestJobResult(JOB_ID);
            CompletableFuture.anyOf(end, stop).get();
            if (!end.isDone()) {
                cluster.cancelJob(JOB_ID).get();
            }
            JobResult result = end.get();
            if (result.isSuccess()) {
                return ExitCode.OK;
            }
            if (result.getJobStatus().equals(Optional.of(JobStatus.CANCELED))) {
                return ExitCode.INTERRUPTED;
            }
            throw JobFailure.explain(
                    result.getSerializedThrowable()
                            .<Throwable>map(
                                    error -> error.deserializeError(getClass().getClassLoader()))
                            .orElseGet(() -> new IllegalStateException("the job has ended as " + result)),
                    state);
        } catch (ExecutionException e) {
            throw JobFailure.explain(e.getCause(), state);
        }
    }

    /** Why the job was last restarted, in one line. */
    String lastFailure() {
        return cluster.getArchivedExecutionGraph(JOB_ID)
                .handle((graph, error) -> Optional.ofNullable(graph)
                        .flatMap(known -> Optional.ofNullable(known.getFailureInfo()))
                        .map(ErrorInfo::getExceptionAsString)
                        .flatMap(trace -> trace.lines().findFirst())
                        .orElse("unknown"))
                .join();
    }

    @Override
    public void close() {
        CompletableFuture<Void> stopped = cluster.closeAsync();
        stopped.exceptionally(error -> {
                    LOG.warn("The embedded cluster did not close in order", error);
                    return null;
                })
                .join();
    }
}
