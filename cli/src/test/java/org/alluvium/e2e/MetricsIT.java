package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.e2e.Deployment.Child;
import org.alluvium.monitoring.MetricCatalog;
import org.alluvium.monitoring.MonitoringFiles;
import org.alluvium.monitoring.Panel;
import org.alluvium.monitoring.PrometheusServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingest, trainer, gateway and dashboard as processes, scraped by a real Prometheus with the project's own configuration: all that
 * is in the catalogue arrives, and nothing else, and it is right; every rule can be evaluated, and every panel shows something.
 * Without a Prometheus this is skipped.
 */
class MetricsIT {

    private static final TestCorpus CORPUS = new TestCorpus(100_000, 100, 20261123);
    private static final int PUSHED = 3;

    /**
     * What only a topic, a filter, an archive, probe texts or held-out documents bring about; and the watermark, which waits
     * for every source, and for one that rests as long as its idleness.
     */
    private static final Set<String> NOT_HERE = Set.of(
            "alluvium_ingest_watermark_timestamp_seconds",
            "alluvium_ingest_pending_records",
            "alluvium_ingest_rejected_documents_total",
            "alluvium_train_archive_step",
            "alluvium_train_archive_bytes",
            "alluvium_train_archive_timestamp_seconds",
            "alluvium_train_archive_seconds",
            "alluvium_train_held_out_bits_per_byte",
            "alluvium_train_idle_heads",
            "alluvium_train_first_token_ratio",
            "alluvium_gateway_backlog_records",
            "alluvium_gateway_backlog_limit_records");

    /** Of whoever scrapes, and of Flink: which process, job, task and subtask it is. */
    private static final Set<String> LABELS_OF_OTHERS =
            Set.of("__name__", "job", "instance", "job_name", "task_name", "operator_name", "subtask_index");

    @TempDir
    private static Path folder;

    private static final List<AutoCloseable> STARTED = new ArrayList<>();
    private static PrometheusServer prometheus;
    private static Deployment deployment;
    private static int published;

    @BeforeAll
    static void letDocumentsFlow() throws Exception {
        Path program = MonitoringFiles.tool("prometheus").orElse(null);
        assumeTrue(program != null, "there is no Prometheus: what it would scrape is not tested");
        Map<String, Integer> ports = new TreeMap<>();
        int port = PORTS;
        for (String job :
                List.of("alluvium-ingest", "alluvium-train", "alluvium-gateway", "alluvium-dashboard", "own")) {
            port = freePort(port + 1);
            ports.put(job, port);
        }
        deployment = Deployment.create(folder.resolve("deployment"), yaml(ports));
        prometheus = started(PrometheusServer.start(program, folder.resolve("prometheus"), ports.get("own"), ports));
        Child gateway = started(deployment.start("gateway"));
        Child ingest = started(deployment.start("ingest"));
        Child train = started(deployment.start("train"));
        Child dashboard = started(deployment.start("dashboard"));
        Deployment.await("Prometheus answers", prometheus::isReady);
        Deployment.await("all are scraped", () -> number("sum(up)") == 4, gateway, ingest, train, dashboard);
        push(ports.get("alluvium-gateway"));
        // Freshness is told every ten seconds, and only while steps are taken.
        while (!hasAll(List.of("freshness", "checkpoint"))) {
            CORPUS.publish(deployment.inbox(), published++);
            long step = newestStep();
            Deployment.await("steps were taken", () -> newestStep() > step, ingest, train);
        }
        Deployment.await(
                "all was counted",
                () -> number("sum(alluvium_ingest_documents_total)") == given()
                        && number("alluvium_train_step") == newestStep()
                        && number("alluvium_train_waiting") == 1,
                ingest,
                train);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable process : STARTED.reversed()) {
            process.close();
        }
    }

    @Test
    void everyMetricOfTheCatalogueArrivesWithItsTypeAndLabels() {
        JsonNode types = prometheus.get("/api/v1/metadata");
        MetricCatalog.scraped().forEach((component, metrics) -> {
            for (Metric metric : metrics) {
                if (!NOT_HERE.contains(metric.name())) {
                    assertThat(type(types, metric)).as(metric.name()).isEqualTo(typeOnTheWire(component, metric));
                    assertLabels(metric, prometheus.series(seriesName(metric)));
                }
            }
        });
        for (Metric metric : MetricCatalog.recorded()) {
            if (!NOT_HERE.contains(metric.name())) {
                assertLabels(metric, prometheus.series(metric.name()));
            }
        }
    }

    /** Flink's reporter has no counters. */
    private static String typeOnTheWire(String component, Metric metric) {
        return component.equals("ingest") ? "gauge" : metric.type().word();
    }

    /** Types are told under the names that were scraped, before they were relabelled. */
    private static String type(JsonNode types, Metric metric) {
        return types.propertyStream()
                .filter(entry -> entry.getKey().equals(metric.name())
                        || (entry.getKey().startsWith("flink_")
                                && entry.getKey().endsWith("_" + metric.name())))
                .map(entry -> entry.getValue().get(0).get("type").asText())
                .findFirst()
                .orElse("missing");
    }

    private static String seriesName(Metric metric) {
        return metric.type() == Metric.Type.HISTOGRAM ? metric.name() + "_count" : metric.name();
    }

    private static void assertLabels(Metric metric, List<JsonNode> series) {
        assertThat(series).as(metric.name()).isNotEmpty().allSatisfy(labels -> {
            Set<String> own = new TreeSet<>();
            labels.fieldNames().forEachRemaining(own::add);
            own.removeIf(label ->
                    LABELS_OF_OTHERS.contains(label) && !metric.labels().contains(label));
            assertThat(own).as(metric.name()).containsExactlyInAnyOrderElementsOf(metric.labels());
        });
    }

    @Test
    void nothingArrivesThatIsNotInTheCatalogue() {
        String names = prometheus.get("/api/v1/label/__name__/values").toString();
        assertThat(MetricCatalog.namesIn(names))
                .isSubsetOf(MetricCatalog.all().stream().map(Metric::name).toList());
    }

    @Test
    void countsAreWhatWasGivenAndWhatCameOfIt() {
        TestCorpus.Expected expected = new TestCorpus(published, CORPUS.linesPerFile(), CORPUS.seed()).expected();
        int accepted = expected.acceptedIds().size() + PUSHED;
        assertThat(number("sum(alluvium_ingest_records_total)")).isEqualTo(given());
        assertThat(number("sum(alluvium_ingest_documents_total{outcome=\"accepted\"})"))
                .isEqualTo(accepted);
        assertThat(number("sum(alluvium_ingest_documents_total{outcome=\"duplicate\"})"))
                .isEqualTo(expected.duplicates());
        assertThat(number("sum(alluvium_ingest_duplicates_total{kind=\"exact\"})"))
                .isEqualTo(expected.duplicates());
        assertThat(number("sum(alluvium_ingest_documents_total{outcome=\"refused\"})"))
                .isEqualTo(expected.deadLetters());
        assertThat(number("sum(alluvium_ingest_dead_letters_total)")).isEqualTo(expected.deadLetters());
        assertThat(number("alluvium_ingest_committed_documents_total")).isEqualTo(accepted);
        assertThat(number("alluvium_ingest_log_sequence"))
                .isEqualTo(deployment.logEntries().size() - 1);
        assertThat(number("alluvium_gateway_documents_total")).isEqualTo(PUSHED);
        assertThat(number("alluvium_gateway_bad_records_total")).isEqualTo(1);
        assertThat(number("alluvium_gateway_requests_total{status=\"400\"}")).isEqualTo(1);
        assertThat(number("alluvium_gateway_accept_seconds_count")).isEqualTo(1);
        assertThat(number("alluvium_train_tokens"))
                .isEqualTo(deployment
                        .newestTrainEvent("step")
                        .orElseThrow()
                        .get("tokens")
                        .asDouble());
    }

    @Test
    void everyRuleIsEvaluated() {
        List<JsonNode> rules = new ArrayList<>();
        prometheus
                .get("/api/v1/rules")
                .get("groups")
                .forEach(group -> group.get("rules").forEach(rules::add));
        assertThat(rules)
                .hasSizeGreaterThan(20)
                .allSatisfy(rule -> assertThat(rule.get("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    @Test
    void everyPanelShowsSomething() {
        assertThat(MonitoringFiles.dashboards().flatMap(file -> Panel.of(file).stream()))
                .isNotEmpty()
                .allSatisfy(panel -> panel.queries().stream()
                        // What is greater than nothing only at times may not be now.
                        .filter(query -> !query.contains("> 0"))
                        .filter(query -> MetricCatalog.namesIn(query).stream().noneMatch(NOT_HERE::contains))
                        .forEach(query -> assertThat(prometheus.query(query))
                                .as("%s: %s: %s", panel.dashboard(), panel.title(), query)
                                .isNotEmpty()));
        assertThat(MonitoringFiles.dashboards()
                        .flatMap(file -> Panel.of(file).stream())
                        .flatMap(panel -> panel.queries().stream()))
                .as("even those that show nothing are queries")
                .allSatisfy(query -> assertThat(prometheus.query(query)).isNotNull());
    }

    private static <T extends AutoCloseable> T started(T process) {
        STARTED.add(process);
        return process;
    }

    private static boolean hasAll(List<String> types) {
        return types.stream().noneMatch(type -> deployment.trainEvents(type).isEmpty());
    }

    private static long newestStep() {
        return deployment
                .newestTrainEvent("step")
                .map(step -> step.get("step").asLong())
                .orElse(0L);
    }

    private static int given() {
        return published * CORPUS.linesPerFile() + PUSHED;
    }

    /** What a query finds; NaN, which equals nothing, if that is nothing. */
    private static double number(String query) {
        OptionalDouble value = prometheus.value(query);
        return value.orElse(Double.NaN);
    }

    private static void push(int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(post(client, port, """
                    {"id":"p1","text":"A document that was pushed, the first."}
                    {"id":"p2","text":"Another document that was pushed."}
                    {"id":"p3","text":"The third and last of those that were pushed."}
                    """)).isEqualTo(202);
            assertThat(post(client, port, "nonsense\n")).isEqualTo(400);
        }
    }

    private static int post(HttpClient client, int port, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/documents"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Below those that the system hands to clients, of which there may be many by the time that a process listens. */
    private static final int PORTS = 30_100 + (int) (ProcessHandle.current().pid() % 2_500);

    private static int freePort(int from) {
        int port = from;
        while (!isFree(port)) {
            port++;
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static String yaml(Map<String, Integer> ports) {
        return """
                corpus:
                  dir: corpus
                sources:
                  - name: river
                    path: inbox
                  - name: pushed
                    path: spool
                    files: { after: delete }
                gateway:
                  source: pushed
                  port: %d
                  publishAfter: 100ms
                ingest:
                  checkpointInterval: 300ms
                  discoveryInterval: 100ms
                  metrics:
                    port: %d
                model:
                  preset: tiny
                  context: 64
                train:
                  run: run
                  steps: 0
                  batch: 4
                  accumulate: 2
                  shuffleWindow: 32
                  threads: 1
                  monitor:
                    port: %d
                  probes:
                    texts: []
                  eval:
                    everySteps: 0
                    sampleEverySteps: 0
                  checkpoint:
                    every: 1s
                dashboard:
                  port: %d
                """.formatted(
                        ports.get("alluvium-gateway"),
                        ports.get("alluvium-ingest"),
                        ports.get("alluvium-train"),
                        ports.get("alluvium-dashboard"));
    }
}
