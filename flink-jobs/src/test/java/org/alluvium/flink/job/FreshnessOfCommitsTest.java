package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.tokenizer.shard.ShardReader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job says of the age of documents, beside the times of the rows it has written. */
class FreshnessOfCommitsTest {

    private static final int DOCUMENTS = 200;
    private static final Duration YOUNG = Duration.ofHours(1);
    private static final Duration OLD = Duration.ofDays(1);
    private static final Duration VERY_OLD = Duration.ofDays(30);

    @TempDir
    Path folder;

    private final Instant written = Instant.now();
    private TestCorpus corpus;

    /** 60 percent of the documents are young, 37 old and 3 very old: the quantiles differ. */
    @BeforeEach
    void writeDocumentsOfKnownAges() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < DOCUMENTS; i++) {
            lines.append("""
                    {"id":"d%d","timestamp":"%s","text":"document number %d"}
                    """.formatted(i, eventOf(i), i));
        }
        corpus = new TestCorpus(folder).file("a.jsonl", lines.toString());
    }

    private Instant eventOf(int document) {
        int percent = document * 7 % 100;
        return written.minus(percent < 60 ? YOUNG : percent < 97 ? OLD : VERY_OLD);
    }

    @Test
    void theEventOfACommitTellsTheAgesOfItsRows() throws Exception {
        IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT);

        List<Event> events = EventReader.readAll(corpus.layout().events()).stream()
                .filter(event -> event.type().equals("commit"))
                .toList();
        assertThat(events).hasSameSizeAs(corpus.commits());
        assertThat(corpus.rows())
                .extracting(ShardRow::eventTimeMillis)
                .isEqualTo(IntStream.range(0, DOCUMENTS)
                        .mapToObj(document -> eventOf(document).toEpochMilli())
                        .toList());
        for (int i = 0; i < events.size(); i++) {
            LogEntry.Commit commit = corpus.commits().get(i);
            List<ShardRow> rows = rowsOf(commit);
            long committed = commit.createdAt().toEpochMilli();
            assertLeg(events.get(i), "eventToIngest", rows, row -> arrivalOf(row) - row.eventTimeMillis());
            assertLeg(events.get(i), "ingestToCommit", rows, row -> committed - arrivalOf(row));
            assertLeg(events.get(i), "eventToCommit", rows, row -> committed - row.eventTimeMillis());
        }
    }

    private static void assertLeg(Event event, String leg, List<ShardRow> rows, ToLongFunction<ShardRow> age) {
        Optional<Quantiles> exact = Quantiles.of(rows.stream().mapToLong(age).toArray());
        Optional<Quantiles> told = Quantiles.from(event.fields().get(leg));
        assertThat(told.isPresent()).isEqualTo(exact.isPresent());
        if (exact.isPresent()) {
            assertNear(told.orElseThrow().p50Millis(), exact.orElseThrow().p50Millis());
            assertNear(told.orElseThrow().p95Millis(), exact.orElseThrow().p95Millis());
            assertNear(told.orElseThrow().p99Millis(), exact.orElseThrow().p99Millis());
        }
    }

    /** As near as tallies are kept. */
    private static void assertNear(long told, long exact) {
        assertThat(told).isCloseTo(exact, Offset.offset(8 + Math.abs(exact) / 100));
    }

    @Test
    @SuppressWarnings("try") // closing waits, and may be interrupted
    void theMetricsTellTheAgesOfTheNewestCommitWithDocuments() throws Exception {
        AlluviumConfig config = corpus.config(false, 1);
        Path scratch =
                Files.createDirectories(corpus.layout().create().flinkState().resolve("tmp"));
        Configuration flink = FlinkSettings.embedded(FlinkSettings.ofJob(config), 1, scratch);
        InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
        metrics.addToConfiguration(flink);
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);

        // A cluster that closes forgets its metrics, so they are read before.
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumSlotsPerTaskManager(1)
                .build())) {
            cluster.start();
            cluster.executeJobBlocking(EmbeddedJob.graph(environment));

            Freshness newest = corpus.commits().stream()
                    .flatMap(commit -> commit.freshness().stream())
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(ages(metrics, IngestMetrics.EVENT_TO_INGEST)).isEqualTo(newest.eventToIngest());
            assertThat(ages(metrics, IngestMetrics.INGEST_TO_COMMIT)).isEqualTo(newest.ingestToCommit());
            assertThat(ages(metrics, IngestMetrics.EVENT_TO_COMMIT)).isEqualTo(newest.eventToCommit());
        }
    }

    private static Quantiles ages(InMemoryReporter metrics, Metric metric) {
        Map<String, Long> millis = new TreeMap<>();
        metrics.getMetricsByGroup().forEach((group, members) -> {
            if (members.get(metric.name()) instanceof Gauge<?> gauge && gauge.getValue() instanceof Double seconds) {
                millis.put(group.getAllVariables().get("<percentile>"), Math.round(seconds * 1e3));
            }
        });
        assertThat(millis).containsOnlyKeys("50", "95", "99");
        return new Quantiles(millis.get("50"), millis.get("95"), millis.get("99"));
    }

    private List<ShardRow> rowsOf(LogEntry.Commit commit) {
        List<ShardRow> rows = new ArrayList<>();
        for (ShardFile file : commit.shards()) {
            try (ShardReader reader = ShardReader.open(corpus.layout().resolve(file.path()))) {
                reader.forEachRemaining(rows::add);
            }
        }
        return rows;
    }

    private static long arrivalOf(ShardRow row) {
        return row.ingestTimeMillis().orElseThrow();
    }
}
