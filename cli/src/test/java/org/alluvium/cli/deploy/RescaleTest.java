package org.alluvium.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.cli.flink.FakeJobManager;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.cli.flink.JobId;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.PackedConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.flink.job.IngestJobMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose scheduler cannot change a job that runs. */
class RescaleTest {

    private static final JobId OLD = new JobId("0123456789abcdef0123456789abcdef");
    private static final JobId NEXT = new JobId("fedcba9876543210fedcba9876543210");
    private static final String JAR = "7_job.jar";
    private static final String RESCALE = "PUT /v1/jobs/" + OLD + "/resource-requirements";
    private static final String STOP = "POST /v1/jobs/" + OLD + "/stop";
    private static final String RUN = "POST /v1/jars/" + JAR + "/run";

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private FakeJobManager server;
    private FlinkRest rest;
    private JobDeployer deployer;
    private String packed;

    @BeforeEach
    void startACluster() throws IOException {
        server = FakeJobManager.start();
        Files.createDirectory(folder.resolve("in"));
        AlluviumConfig config = ConfigLoader.parse("""
                sources: [{name: test, path: in}]
                cluster: {jobManager: "%s"}
                """.formatted(server.address()), "test", folder, List.of());
        packed = PackedConfig.of(config);
        rest = FlinkRest.of(config.cluster());
        deployer = new JobDeployer(rest, config.cluster(), said::add);
        server.answer("GET /v1/overview", 200, "{\"slots-total\":4,\"slots-available\":3}")
                .answer("GET /v1/jars", 200, "{\"files\":[{\"id\":\"" + JAR + "\"}]}");
        answerJob(OLD, "RUNNING", 1);
        server.answer("GET /v1/jobs/" + OLD + "/config", 200, """
                {"execution-config":{"user-config":{"%s":"%s","%s":"%s"}}}""".formatted(
                        IngestJobMain.CONFIGURATION, packed, IngestJobMain.JAR, JAR));
    }

    private void answerJob(JobId id, String state, int parallelism) {
        server.answer("GET /v1/jobs/" + id, 200, """
                {"name":"alluvium-ingest","state":"%s","timestamps":{},"vertices":[
                 {"id":"a","name":"Source","maxParallelism":128,"parallelism":%d,"tasks":{"RUNNING":%d}}]}""".formatted(state, parallelism, parallelism));
    }

    @AfterEach
    void stop() {
        rest.close();
        server.close();
    }

    @Test
    void stopsTheJobWithASavepointAndStartsItAgainFromThereWithTheNewParallelism() {
        server.answer(RESCALE, 400, "{\"errors\":[\"not an adaptive scheduler\"]}")
                .answer(STOP, 202, "{\"request-id\":\"r\"}")
                .change(STOP, () -> answerJob(OLD, "FINISHED", 1))
                .answer("GET /v1/jobs/" + OLD + "/savepoints/r", 200, """
                        {"status":{"id":"COMPLETED"},"operation":{"location":"file:/state/savepoints/savepoint-1"}}""")
                .answer(RUN, 200, "{\"jobid\":\"" + NEXT + "\"}")
                .change(RUN, () -> answerJob(NEXT, "RUNNING", 3));

        assertThat(deployer.rescale(deployer.find(Optional.of(OLD)), 3)).isEqualTo(NEXT);

        assertThat(said).anyMatch(line -> line.contains("not an adaptive scheduler"));
        assertThat(server.asked())
                .filteredOn(asked -> asked.line().equals(RUN))
                .singleElement()
                .satisfies(run -> assertThat(run.body())
                        .contains(
                                "\"ingest.parallelism=3\"", "file:/state/savepoints/savepoint-1", "NO_CLAIM", packed));
    }

    @Test
    void leavesAJobAloneWhoseStateCannotBeDividedSoFinely() {
        assertThatThrownBy(() -> deployer.rescale(deployer.find(Optional.of(OLD)), 129))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("128 subtasks");

        assertThat(server.asked())
                .noneMatch(asked -> asked.line().equals(STOP) || asked.line().equals(RESCALE));
    }
}
