package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.alluvium.broker.Broker;
import org.alluvium.broker.BrokerSecurity;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.S3Server;
import org.alluvium.cli.cluster.FlinkHome;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.e2e.Deployment.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a real Flink cluster, of processes that are really killed: whatever happens, every document of the input is in the
 * shards that the log names, once.
 */
class ClusterIT {

    private static final TestCorpus CORPUS = new TestCorpus(6, 40, 20261123);
    private static final int DOCUMENTS = CORPUS.files() * CORPUS.linesPerFile();

    /** Below those that the system hands to clients. */
    private static final int PORT = 21_000 + (int) (ProcessHandle.current().pid() % 9_000);

    private static final ClusterView VIEW = new ClusterView(PORT, PORT + 10);
    private static final String PASSWORD = "70be1c95d3f84a26";
    private static final String TOPIC = "documents";
    private static final String FILES = "[{name: test, path: inbox}]";

    @TempDir
    static Path folder;

    private static S3Server bucket;
    private static Deployment host;

    @BeforeAll
    static void startTheClusterByACommandThatEnds() throws Exception {
        bucket = S3Server.start(folder.resolve("s3"), "bucket");
        Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY);
        host = deploy("host", 1, "");
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dalluvium.home=" + System.getProperty("alluvium.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.alluvium.cli.Main",
                        "cluster",
                        "start",
                        "--config",
                        host.root().resolve("alluvium.yaml").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(command.waitFor()).as(said).isZero();
    }

    @AfterAll
    static void stopTheCluster() throws IOException {
        bucket.close();
        Answer stopped = host.ask("cluster", "stop");
        assertThat(stopped.code()).as(stopped.text()).isZero();
        assertThat(stopped.text()).as(lastWords()).contains("stopped 3 processes");
        assertThat(host.ask("cluster", "status").code()).isEqualTo(ExitCode.FAILED.code());
    }

    /** What processes print that die: the virtual machine's own words. */
    private static String lastWords() throws IOException {
        StringBuilder words = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("cluster/log"))) {
            for (Path out :
                    files.filter(file -> file.toString().endsWith(".out")).toList()) {
                words.append(out.getFileName()).append(": ").append(Files.readString(out));
            }
        }
        return words.toString();
    }

    @AfterEach
    void endWhatRuns() {
        for (JsonNode job : jobs()) {
            if (job.get("state").asText().equals("RUNNING")) {
                succeed(host, "cancel", "--job", job.get("id").asText());
            }
        }
    }

    @Test
    void aKilledTaskManagerCostsNothingOfWhatATopicHolds() throws Exception {
        Certificates certificates = Certificates.in(folder.resolve("certificates"));
        Certificates.Identity identity = certificates.issue("all");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        try (Broker broker = Broker.startSecure(
                folder.resolve("broker"), new BrokerSecurity(certificates.authority(), identity, "reader", PASSWORD))) {
            TopicSamples.create(TOPIC, broker);
            String access = "user: reader, passwordFile: %s, caFile: %s, keyStore: %s, keyStorePasswordFile: %s"
                    .formatted(password, certificates.authority(), identity.keyStore(), identity.password());
            Deployment corpus =
                    create("task-manager", "{dir: corpus}", """
                    [{name: test, kafka: {brokers: "%s", topics: [%s], access: {%s}}}]""".formatted(broker.address(), TOPIC, access), 2, "");
            send(broker, 0, 2);
            succeed(corpus, "submit");
            awaitRead(corpus, 2);
            assertThat(VIEW.metrics())
                    .contains("_alluvium_ingest_records_total{", "flink_jobmanager_numRegisteredTaskManagers");

            kill("taskmanager-1");
            send(broker, 2, 4);
            succeed(corpus, "cluster", "start");
            send(broker, 4, 6);

            assertThatEverythingIsThereOnce(corpus);
            assertThatNobodyTellsASecret(corpus.root().resolve("corpus"));
        }
    }

    @Test
    void aKilledJobManagerForgetsTheJobWhichGoesOnFromItsNewestCheckpointInTheBucket() throws Exception {
        Deployment corpus = create("job-manager", """
                {dir: "s3://bucket/job-manager", cacheDir: cache}""", FILES, 1, "stateBackend: forst");
        corpus.linkCorpus(bucket.files("job-manager"));
        publish(corpus, 0, 2);
        succeed(corpus, "submit");
        awaitRead(corpus, 2);

        kill("jobmanager");
        publish(corpus, 2, 6);
        succeed(corpus, "cluster", "start");
        assertThat(jobs()).isEmpty();
        succeed(corpus, "submit", "--resume");

        assertThatEverythingIsThereOnce(corpus);
        assertThatNobodyTellsASecret(bucket.files("job-manager"));
    }

    @Test
    void theJobIsRescaledWhileItRunsAndUpgradedToOneWithAnotherOperator() {
        Deployment corpus = deploy("upgrade", 1, "");
        publish(corpus, 0, 1);
        String job = succeed(corpus, "submit");
        awaitRead(corpus, 1);

        publish(corpus, 1, 2);
        assertThat(succeed(corpus, "rescale", "2")).isEqualTo(job);
        assertThat(running().get("parallelism").asInt()).isEqualTo(2);
        publish(corpus, 2, 3);
        awaitRead(corpus, 3);
        assertThat(succeed(corpus, "rescale", "1")).isEqualTo(job);
        assertThat(running().get("parallelism").asInt()).isEqualTo(1);
        publish(corpus, 3, 5);
        assertThat(succeed(corpus, "upgrade", "--set", "dedup.url.enabled=true", "--set", "corpus.family=by-url"))
                .isNotEqualTo(job);
        publish(corpus, 5, 6);

        assertThatEverythingIsThereOnce(corpus);
        assertThat(corpus.ask("rescale", "1000").code()).isEqualTo(ExitCode.MISMATCH.code());
        assertThat(corpus.ask("rescale", "9").text()).contains("are free");
    }

    @Test
    void aVersionThatDiesAfterItHasPublishedGivesWayToTheOldOne() throws Exception {
        Deployment corpus = deploy("broken", 1, "");
        publish(corpus, 0, 2);
        String job = succeed(corpus, "submit");
        awaitRead(corpus, 2);

        CompletableFuture<Answer> upgrade = CompletableFuture.supplyAsync(() -> corpus.ask(
                "upgrade",
                "--jar",
                brokenJar().toString(),
                "--set",
                "filters.custom=[{type: " + PoisonFilter.class.getName() + "}]",
                "--set",
                "dedup.url.enabled=true",
                "--set",
                "corpus.family=broken",
                "--set",
                "cluster.healthyCheckpoints=100"));
        publish(corpus, 2, 4);
        Deployment.await("the new version has published", () -> publishedByAnotherThan(job));
        publishPoison(corpus);
        publish(corpus, 4, 6);

        Answer answer = upgrade.get();
        assertThat(answer.code()).as(answer.text()).isEqualTo(ExitCode.FAILED.code());
        assertThat(answer.text()).contains("this version dies of", "the old version goes on from", "runs again as job");
        List<String> expected = new ArrayList<>(CORPUS.expected().acceptedIds());
        expected.add("poison");
        awaitRecords(corpus, DOCUMENTS + 1);
        assertThat(corpus.acceptedIds()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aVersionThatDoesNotStartGivesWayToTheOldOneAtTheSavepoint() {
        Deployment corpus = deploy("unstartable", 1, "");
        publish(corpus, 0, 3);
        succeed(corpus, "submit");
        awaitRead(corpus, 3);

        Answer answer = corpus.ask(
                "upgrade", "--set", "filters.custom=[{type: org.example.Missing}]", "--set", "corpus.family=other");
        publish(corpus, 3, 6);

        assertThat(answer.code()).as(answer.text()).isEqualTo(ExitCode.FAILED.code());
        assertThat(answer.text()).contains("org.example.Missing", "runs again as job");
        assertThatEverythingIsThereOnce(corpus);
        assertThat(corpus.ask("submit").text()).contains("already writes this corpus");
    }

    private static Deployment deploy(String name, int parallelism, String ingest) {
        return create(name, "{dir: corpus}", FILES, parallelism, ingest);
    }

    private static Deployment create(String name, String corpus, String sources, int parallelism, String ingest) {
        return Deployment.create(folder.resolve(name), """
                corpus: %s
                sources: %s
                s3: {endpoint: "%s", pathStyle: true, accessKey: %s, secretKeyFile: %s}
                ingest:
                  parallelism: %d
                  checkpointInterval: 500ms
                  discoveryInterval: 100ms
                  %s
                cluster:
                  jobManager: http://localhost:%d
                  dir: %s
                  taskManagers: 2
                  slots: 1
                  jobManagerMemory: 700Mi
                  taskManagerMemory: 1Gi
                  healthyCheckpoints: 2
                  flink:
                    env.java.opts.all: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
                    taskmanager.memory.network.min: 32m
                    taskmanager.memory.network.max: 32m
                    taskmanager.memory.managed.size: 64m
                    taskmanager.memory.jvm-overhead.min: 64m
                    taskmanager.memory.framework.off-heap.size: 64m
                    metrics.reporters: prom
                    metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
                    metrics.reporter.prom.port: %d-%d
                """.formatted(
                        corpus,
                        sources,
                        bucket.endpoint(),
                        S3Server.ACCESS_KEY,
                        folder.resolve("secret"),
                        parallelism,
                        ingest,
                        PORT,
                        folder.resolve("cluster"),
                        VIEW.firstMetricsPort(),
                        VIEW.lastMetricsPort()));
    }

    private static void publish(Deployment corpus, int from, int to) {
        for (int file = from; file < to; file++) {
            CORPUS.publish(corpus.inbox(), file);
        }
    }

    /** Neither to those who list processes or look at the cluster, nor in what it logs, counts and publishes. */
    private static void assertThatNobodyTellsASecret(Path corpus) throws Exception {
        List<String> said =
                new ArrayList<>(List.of(VIEW.metrics(), VIEW.rest("jobmanager/config"), VIEW.rest("taskmanagers")));
        for (JsonNode job : jobs()) {
            for (String what : List.of("", "/config", "/plan", "/exceptions", "/checkpoints")) {
                said.add(VIEW.rest("jobs/" + job.get("id").asText() + what));
            }
        }
        JsonNode processes = host.ask("cluster", "status", "--json").json();
        for (String process : List.of("jobmanager", "taskmanager-1", "taskmanager-2")) {
            Path proc = Path.of("/proc", processes.get(process).get("pid").asText());
            said.add(Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1));
            said.add(Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1));
        }
        for (Path place : List.of(folder.resolve("cluster/log"), corpus)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    said.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(String.join("\n", said))
                .contains("alluvium-ingest")
                .doesNotContain(PASSWORD, S3Server.SECRET_KEY, Certificates.PASSWORD);
    }

    private static void send(Broker broker, int from, int to) {
        for (int file = from; file < to; file++) {
            TopicSamples.send(TOPIC, CORPUS.lines(file), broker);
        }
    }

    private static void publishPoison(Deployment corpus) throws IOException {
        Path file = Files.writeString(corpus.inbox().resolve(".poison"), """
                {"id":"poison","text":"Thermometers were once filled with mercury."}
                """);
        Files.move(file, corpus.inbox().resolve("poison.jsonl"));
    }

    /** Runs a command that must succeed; returns the last line it says, which is its result. */
    private static String succeed(Deployment corpus, String... command) {
        Answer answer = corpus.ask(command);
        assertThat(answer.code())
                .as(String.join(" ", command) + "\n" + answer.text())
                .isZero();
        return answer.text().strip().lines().reduce((before, last) -> last).orElse("");
    }

    private static JsonNode jobs() {
        Answer answer = host.ask("jobs", "--json");
        assertThat(answer.code()).as(answer.text()).isZero();
        return answer.json();
    }

    private static JsonNode running() {
        for (JsonNode job : jobs()) {
            if (job.get("state").asText().equals("RUNNING")) {
                return job;
            }
        }
        throw new AssertionError("no job runs: " + jobs());
    }

    private static boolean publishedByAnotherThan(String job) {
        for (JsonNode each : jobs()) {
            if (!each.get("id").asText().equals(job)
                    && each.get("state").asText().equals("RUNNING")
                    && each.get("checkpoints").asLong() > 0) {
                return true;
            }
        }
        return false;
    }

    private static void kill(String process) {
        long pid = host.ask("cluster", "status", "--json")
                .json()
                .get(process)
                .get("pid")
                .asLong();
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    private static void awaitRead(Deployment corpus, long files) {
        awaitRecords(corpus, files * CORPUS.linesPerFile());
    }

    private static void awaitRecords(Deployment corpus, long records) {
        Deployment.await(records + " records are in the log", () -> corpus.recordsRead() >= records);
    }

    private static void assertThatEverythingIsThereOnce(Deployment corpus) {
        awaitRead(corpus, CORPUS.files());
        assertThat(corpus.recordsRead()).isEqualTo(DOCUMENTS);
        List<String> expected = CORPUS.expected().acceptedIds();
        assertThat(corpus.acceptedIds()).hasSameSizeAs(expected).doesNotHaveDuplicates();
        assertThat(texts(corpus.acceptedIds())).containsExactlyInAnyOrderElementsOf(texts(expected));
    }

    /** Of copies any may have been the first. */
    private static List<String> texts(List<String> ids) {
        return ids.stream().map(CORPUS::textOf).toList();
    }

    /** The job jar with a class more. */
    private static Path brokenJar() {
        String name = PoisonFilter.class.getName().replace('.', '/') + ".class";
        try (InputStream type = PoisonFilter.class.getResourceAsStream("/" + name)) {
            Path jar = Files.copy(FlinkHome.jobJar(), folder.resolve("broken-job.jar"));
            try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
                Files.createDirectories(zip.getPath(name).getParent());
                Files.copy(type, zip.getPath(name));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
