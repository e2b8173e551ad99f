package org.alluvium.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkRestTest {

    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final String PATH = "/v1/jobs/" + JOB;

    @TempDir
    Path folder;

    private FakeJobManager server;
    private FlinkRest rest;

    @BeforeEach
    void start() throws IOException {
        server = FakeJobManager.start();
        rest = FlinkRest.of(config(""));
    }

    @AfterEach
    void stop() {
        rest.close();
        server.close();
    }

    @Test
    void aJobIsReadWithItsTasks() {
        server.answer("GET " + PATH, 200, """
                {"name":"alluvium-ingest","state":"RUNNING","timestamps":{"CREATED":1,"RUNNING":5},"vertices":[
                 {"id":"a","name":"Source","maxParallelism":128,"parallelism":2,"tasks":{"RUNNING":2}},
                 {"id":"b","name":"Commit to the log","maxParallelism":64,"parallelism":1,"tasks":{"RUNNING":0}}]}
                """);

        FlinkJob job = rest.job(JOB);

        assertThat(job.state()).isEqualTo("RUNNING");
        assertThat(job.sinceMillis()).isEqualTo(5);
        assertThat(job.parallelism()).isEqualTo(2);
        assertThat(job.maxParallelism()).isEqualTo(64);
        assertThat(job.runs()).isFalse();
        assertThat(job.hasEnded()).isFalse();
        assertThat(job.tasks()).extracting(FlinkJob.Task::name).containsExactly("Source", "Commit to the log");
    }

    @Test
    void whatAJobSaysOfItselfAndItsCheckpointsAreRead() {
        server.answer(
                        "GET " + PATH + "/config",
                        200,
                        "{\"execution-config\":{\"user-config\":{\"alluvium.corpus\":\"/c\"}}}")
                .answer("GET " + PATH + "/checkpoints", 200, """
                        {"counts":{"completed":3,"failed":1},"latest":{"completed":{"external_path":"file:/chk-3"}}}
                        """)
                .answer("GET " + PATH + "/metrics?get=numRestarts", 200, "[{\"id\":\"numRestarts\",\"value\":\"4\"}]");

        assertThat(rest.parameters(JOB)).containsExactly(Map.entry("alluvium.corpus", "/c"));
        assertThat(rest.checkpoints(JOB)).isEqualTo(new Checkpoints(3, 1, Optional.of("file:/chk-3")));
        assertThat(rest.restarts(JOB)).isEqualTo(4);
    }

    @Test
    void aJobThatIsBeingStartedHasNoCheckpointsYetAndOneThatIsNotThereIsNone() {
        server.answer("GET " + PATH + "/checkpoints", 404, "{\"errors\":[\"Checkpointing has not been enabled.\"]}")
                .answer("GET " + PATH, 200, "{\"state\":\"INITIALIZING\"}");
        assertThat(rest.checkpoints(JOB)).isEqualTo(new Checkpoints(0, 0, Optional.empty()));

        server.answer("GET " + PATH, 404, "{\"errors\":[\"Job not found\"]}");
        assertThatThrownBy(() -> rest.checkpoints(JOB)).hasMessageContaining("there is no job");
    }

    @Test
    void aJobWithoutAMasterYetHasNoCheckpointsAndIsNotAskedAgain() {
        server.answer("GET " + PATH + "/checkpoints", 500, """
                        {"errors":["Internal server error.","<Exception on server side:\\norg.apache.flink.runtime.messages.\
                        FlinkJobInitializingException: Unable to get JobMasterGateway for initializing job. The requested \
                        operation is not available while the JobManager is initializing.\\nEnd of exception on server side>"]}
                        """)
                .answer("GET " + PATH, 200, "{\"state\":\"INITIALIZING\"}");

        assertThat(rest.checkpoints(JOB)).isEqualTo(Checkpoints.NONE);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void aJarIsUploadedWholeAndRunWithItsArguments() throws IOException {
        Path jar = Files.writeString(folder.resolve("job.jar"), "the bytes of a jar");
        server.answer("POST /v1/jars/upload", 200, "{\"filename\":\"/tmp/uploads/7_job.jar\"}")
                .answer("POST /v1/jars/7_job.jar/run", 200, "{\"jobid\":\"" + JOB + "\"}");

        String name = rest.upload(jar);
        JobId id = rest.run(new RunRequest(name, "Main", List.of("packed:x"), Optional.of("s3://b/sp"), true));

        assertThat(id).isEqualTo(JOB);
        assertThat(server.asked().get(0).body())
                .contains("name=\"jarfile\"; filename=\"job.jar\"")
                .contains("the bytes of a jar");
        assertThat(server.asked().get(1).body())
                .isEqualTo(
                        "{\"entryClass\":\"Main\",\"programArgsList\":[\"packed:x\"],\"savepointPath\":\"s3://b/sp\","
                                + "\"claimMode\":\"NO_CLAIM\",\"allowNonRestoredState\":true}");
    }

    @Test
    void aSavepointIsWaitedForAndItsFailureIsAnError() {
        String asked = "GET " + PATH + "/savepoints/r";
        server.answer("POST " + PATH + "/stop", 202, "{\"request-id\":\"r\"}")
                .answer(asked, 200, "{\"status\":{\"id\":\"IN_PROGRESS\"}}");

        assertThat(rest.stop(JOB, "file:/sp")).isEqualTo("r");
        assertThat(rest.savepoint(JOB, "r")).isEmpty();

        server.answer(asked, 200, "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/sp/1\"}}");
        assertThat(rest.savepoint(JOB, "r")).contains("file:/sp/1");

        server.answer(asked, 200, """
                {"status":{"id":"COMPLETED"},"operation":{"failure-cause":{"stack-trace":
                 "java.util.concurrent.CompletionException: x\\n\\tat A.b(C.java:1)\\nCaused by: java.io.IOException: No space left\\n\\tat D"}}}
                """);
        assertThatThrownBy(() -> rest.savepoint(JOB, "r"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the savepoint failed: No space left");
    }

    @Test
    void newBoundsAreGivenToEveryTask() {
        server.answer("PUT " + PATH + "/resource-requirements", 200, "{}");

        rest.rescale(JOB, Map.of("a", 2));

        assertThat(server.asked().getFirst().body())
                .isEqualTo("{\"a\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":2}}}");
    }

    @Test
    void aJobThatIsNotThereIsSaidToBeForgotten() {
        assertThatThrownBy(() -> rest.job(JOB))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("there is no job " + JOB)
                .hasMessageContaining("submit --resume");
    }

    @Test
    void aRefusalSaysWhatTheInnermostCauseSays() {
        server.answer("POST /v1/jars/x/run", 400, """
                {"errors":["org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute.\\n\\tat A\\nCaused by: org.alluvium.contracts.error.ConfigException: filters: no such list\\n\\tat B"]}
                """);

        assertThatThrownBy(() -> rest.run(new RunRequest("x", "M", List.of(), Optional.empty(), false)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("filters: no such list"));
    }

    @Test
    void aJobManagerThatIsNotReadyAndOneThatRefusesAreErrorsToActOn() {
        server.answer("GET /v1/overview", 503, "an ongoing leader election")
                .answer(
                        "POST " + PATH + "/stop",
                        409,
                        "{\"errors\":[\"Not all required tasks are currently running.\"]}");

        assertThatThrownBy(rest::overview)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not ready");
        assertThatThrownBy(() -> rest.stop(JOB, "file:/sp"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("refuses: Not all required tasks are currently running.");
    }

    @Test
    void whoeverIsNotLetInIsToldHow() {
        server.answer("GET /v1/overview", 401, "");

        assertThatThrownBy(rest::overview)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("does not let this program in (401)")
                .hasMessageContaining("cluster.access");
    }

    @Test
    void credentialsAreShownAndReadFromFiles() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "pass\n");
        Path token = Files.writeString(folder.resolve("token"), "abc\n");
        server.answer("GET /v1/overview", 200, "{\"flink-version\":\"2.3.0\",\"slots-total\":4,\"slots-available\":3}");

        try (FlinkRest known = FlinkRest.of(config("access: {user: me, passwordFile: " + password + "}"))) {
            assertThat(known.overview()).isEqualTo(new ClusterOverview("2.3.0", 0, 4, 3));
        }
        try (FlinkRest bearer = FlinkRest.of(config("access: {tokenFile: " + token + "}"))) {
            bearer.overview();
        }

        assertThat(server.asked())
                .extracting(FakeJobManager.Asked::authorization)
                .containsExactly("Basic bWU6cGFzcw==", "Bearer abc");
    }

    @Test
    void aJobManagerThatIsBusyIsAskedAgain() {
        server.answer("GET /v1/taskmanagers", 500, "{\"errors\":[\"Internal server error.\"]}")
                .change(
                        "GET /v1/taskmanagers",
                        () -> server.answer("GET /v1/taskmanagers", 200, "{\"taskmanagers\":[{\"id\":\"one\"}]}"));

        assertThat(rest.taskManagers()).containsExactly("one");
    }

    @Test
    void oneThatStaysSoSaysWhy() {
        server.answer("GET /v1/taskmanagers", 500, """
                {"errors":["Internal server error.","<Exception on server side:\\njava.util.concurrent.TimeoutException: \
                Invocation of requestJob timed out.\\n\\tat java.base/X.y(X.java:1)\\nEnd of exception on server side>"]}
                """);

        assertThatThrownBy(rest::taskManagers)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("refuses: Invocation of requestJob timed out.");
        assertThat(server.asked()).hasSize(5);
    }

    @Test
    void nobodyAndSomethingElseAreToldApart() {
        server.answer("GET /v1/overview", 200, "<html>");
        assertThatThrownBy(rest::overview).hasMessageContaining("not Flink's REST interface");

        server.close();
        assertThatThrownBy(rest::overview)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no JobManager answers")
                .hasMessageContaining("alluvium cluster start");
    }

    private ClusterConfig config(String further) {
        return ConfigLoader.parse(
                        "cluster:\n  jobManager: " + server.address() + "\n  " + further + "\n",
                        "test",
                        folder,
                        List.of())
                .cluster();
    }
}
