package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.FaultProxy;
import org.alluvium.broker.FaultProxy.Fault;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.shard.ShardReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest whose corpus and state lie in an object store, over a network that loses, cuts and delays. */
class S3CorpusIT {

    private static final int FIRST = 400;
    private static final int ALL = 700;

    @TempDir
    Path folder;

    private Certificates certificates;

    @Test
    void throughFaultsAndAKillEveryDocumentComesOutOnce() throws Exception {
        TestCorpus input = new TestCorpus(folder).file("a.jsonl", 0, FIRST);
        certificates = Certificates.in(folder.resolve("certificates"));
        try (S3Server server = S3Server.start(folder.resolve("s3"), "bucket");
                FaultProxy network = new FaultProxy(server.endpoint(), certificates.issue("network"))) {
            network.injectAtRandom(
                    11,
                    12,
                    Fault.ERROR_BEFORE,
                    Fault.ERROR_AFTER,
                    Fault.SLOW_DOWN,
                    Fault.RESET_BEFORE,
                    Fault.RESET_AFTER,
                    Fault.CUT);
            Path config = config("faulty.yaml", network.endpoint());
            CorpusLayout corpus = CorpusLayout.of(load(config("direct.yaml", server.endpoint())));
            try (LogTail tail = LogTail.open(corpus, 0)) {
                Process ingest = start(config);
                long rows = awaitRows(tail, ingest, 0, 1);
                ingest.destroyForcibly().waitFor();

                input.file("b.jsonl", FIRST, ALL);
                ingest = start(config);
                awaitRows(tail, ingest, rows, ALL);
                ingest.destroyForcibly().waitFor();
            }
            assertThat(documentIds(corpus)).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, ALL));
            assertThat(StoreShardLog.of(corpus).readFrom(0))
                    .filteredOn(LogEntry.Fence.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(corpus.store().list("flink/", Optional.empty())).isNotEmpty();
            assertThat(folder.resolve("cache/shards")).doesNotExist();
        }
    }

    private Path config(String name, String endpoint) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY);
        return Files.writeString(
                folder.resolve(name), """
                corpus: {dir: "s3://bucket/corpus", cacheDir: cache}
                s3: {endpoint: "%s", pathStyle: true, accessKey: %s, secretKeyFile: %s, caFile: "%s"}
                sources: [{name: test, path: in, follow: true}]
                ingest: {checkpointInterval: 500ms, discoveryInterval: 50ms}
                """.formatted(endpoint, S3Server.ACCESS_KEY, secret, certificates.authority()));
    }

    private static AlluviumConfig load(Path config) {
        return ConfigLoader.load(config, List.of());
    }

    private Process start(Path config) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedIngestMain.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("ingest.log");
    }

    /** Follows the log until it has so many rows; fails if the process ends before. */
    private long awaitRows(LogTail tail, Process ingest, long before, long wanted)
            throws IOException, InterruptedException {
        long rows = before;
        while (rows < wanted) {
            Optional<LogEntry> entry = tail.next(Duration.ofSeconds(1));
            if (entry.isPresent() && entry.get() instanceof LogEntry.Commit commit) {
                rows += commit.shards().stream().mapToLong(ShardFile::rows).sum();
            }
            if (entry.isEmpty() && !ingest.isAlive()) {
                throw new AssertionError("ingest has ended: " + Files.readString(log()));
            }
        }
        return rows;
    }

    private static List<String> documentIds(CorpusLayout corpus) {
        Stream<ShardFile> shards = StoreShardLog.of(corpus).readFrom(0).stream()
                .filter(LogEntry.Commit.class::isInstance)
                .flatMap(entry -> ((LogEntry.Commit) entry).shards().stream());
        List<ShardRow> rows = new ArrayList<>();
        for (ShardFile shard : shards.toList()) {
            try (ShardReader reader = ShardReader.open(corpus.file(shard))) {
                reader.forEachRemaining(rows::add);
            }
        }
        return rows.stream().map(ShardRow::documentId).toList();
    }
}
