package org.alluvium.cli.chaos.fleet;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.alluvium.cli.cluster.ClusterState;
import org.alluvium.cli.cluster.FlinkHome;
import org.alluvium.cli.cluster.LocalCluster;
import org.alluvium.cli.flink.FlinkJob;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.cli.flink.JobId;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.job.NewestState;

/**
 * Flink, and the ingest job on it, kept as a user would: what is missing of the cluster is started by 'cluster start', a job
 * that is gone by 'submit --resume'. Two threads see to it, since one may wait for what the other has to bring about.
 */
final class Cluster implements AutoCloseable {

    /** The cluster is asked over the network and by its files, so there is no event to wait for. */
    private static final long LOOK_MILLIS = 500;

    private final Site site;
    private final AlluviumConfig config;
    private final LocalCluster cluster;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread processes;
    private final Thread job;

    Cluster(Site site, AlluviumConfig config) {
        this.site = site;
        this.config = config;
        this.cluster = new LocalCluster(FlinkHome.ofThisProcess(), config, line -> {});
        this.processes = Thread.ofVirtual().name("cluster-keeper").unstarted(() -> repeat(this::mend));
        this.job = Thread.ofVirtual().name("job-keeper").unstarted(() -> repeat(this::resubmit));
    }

    /** Brings everything up, and keeps it so. */
    void start() {
        require(site.command(List.of("cluster", "start")), "cluster");
        require(site.command(List.of("submit")), "submit");
        processes.start();
        job.start();
    }

    private void require(List<String> line, String name) {
        Command.Answer answer = Command.run(line, site.log(name));
        if (answer.code() != 0) {
            throw new UnavailableException(
                    "the deployment does not start: " + answer.words(),
                    site.root().toString(),
                    "Read what " + site.log(name) + " says");
        }
    }

    /** A process of the cluster by its name, if it runs. */
    Optional<ProcessHandle> process(String name) {
        ClusterState state = cluster.state();
        return Stream.concat(Stream.of(state.jobManager()), state.taskManagers().stream())
                .filter(member -> member.name().equals(name) && member.runs())
                .findFirst()
                .flatMap(member -> ProcessHandle.of(member.pid()));
    }

    private void repeat(Runnable duty) {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    duty.run();
                } catch (AlluviumException notNow) {
                    // Something that is down does not answer; the next look will tell, and the log keeps what this one
                    // did.
                    Command.note(notNow.getMessage(), site.log("keepers"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void mend() {
        ClusterState state = cluster.state();
        if (!state.jobManager().runs() || !state.taskManagers().stream().allMatch(ClusterState.Member::runs)) {
            Command.run(site.command(List.of("cluster", "start")), site.log("cluster"));
        }
    }

    private void resubmit() {
        if (!cluster.state().jobManager().runs()) {
            return;
        }
        try (FlinkRest rest = FlinkRest.of(config.cluster())) {
            for (JobId id : rest.jobs()) {
                FlinkJob each = rest.job(id);
                if (!each.hasEnded()) {
                    return;
                }
            }
        }
        boolean resumes = NewestState.of(config).isPresent();
        Command.run(site.command(resumes ? List.of("submit", "--resume") : List.of("submit")), site.log("submit"));
    }

    /** Ends all of it. */
    @Override
    public void close() {
        closed.countDown();
        for (Thread keeper : List.of(processes, job)) {
            try {
                keeper.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        cluster.stop();
    }
}
