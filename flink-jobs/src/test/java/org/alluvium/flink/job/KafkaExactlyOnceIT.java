package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentAvro;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.shard.ShardFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes documents to a topic while ingest, a TaskManager under it and the broker, all processes of their own, are killed in
 * turn, and compares the ids in the log with those that were written. {@code -Dalluvium.kafka.documents=200000 -Dalluvium.kills=12} make it a longer one.
 */
class KafkaExactlyOnceIT {

    private static final int DOCUMENTS = Integer.getInteger("alluvium.kafka.documents", 6_000);
    private static final int KILLS = Integer.getInteger("alluvium.kills", 3);
    private static final Duration LOOK = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Path config;
    private TestCorpus corpus;
    private LogTail tail;
    private MortalIngest ingest;
    private long rows;

    @AfterEach
    void killIngest() throws InterruptedException {
        ingest.kill();
    }

    @Test
    void everyDocumentIsInTheLogOnceWhoeverIsKilled() throws Exception {
        corpus = new TestCorpus(folder);
        try (Broker broker = Broker.start(folder.resolve("broker"));
                Topic topic = Topic.create(broker, "exact", 3);
                LogTail log = LogTail.open(corpus.layout().create(), 0)) {
            tail = log;
            config = configure(broker);
            ingest = MortalIngest.start(config);
            for (int kill = 0; kill < KILLS; kill++) {
                int from = part(2 * kill);
                int middle = part(2 * kill + 1);
                send(topic, from, middle);
                awaitRows(rows + 1);
                // These are on their way when the blow comes.
                send(topic, middle, part(2 * kill + 2));
                kill(kill % 3, broker);
                topic.flush();
            }
            awaitRows(DOCUMENTS);
        }

        assertThat(corpus.documentIds().stream().sorted().toList())
                .isEqualTo(TestCorpus.ids(0, DOCUMENTS).stream().sorted().toList());
        assertThat(corpus.funnel().read()).isEqualTo(DOCUMENTS);
        assertThat(corpus.funnel().duplicates()).isZero();
    }

    /** The number of the first document of a part; every kill has two. */
    private static int part(int number) {
        return (int) ((long) DOCUMENTS * number / (2L * KILLS));
    }

    private void kill(int turn, Broker broker) throws Exception {
        switch (turn) {
            case 0 -> {
                ingest.kill();
                ingest = MortalIngest.start(config);
            }
            case 1 -> ingest.killTaskManager();
            default -> {
                broker.kill();
                broker.restart();
            }
        }
    }

    private static void send(Topic topic, int from, int to) {
        for (int i = from; i < to; i++) {
            topic.send(
                    null,
                    DocumentAvro.encode(new Document(
                            "d" + i,
                            "producer",
                            "",
                            Optional.empty(),
                            "document number " + i,
                            i,
                            Optional.empty(),
                            Map.of())));
        }
    }

    private Path configure(Broker broker) throws IOException {
        return Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: topic, format: avro, kafka: {brokers: "%s", topics: [exact]}}]
                ingest: {parallelism: 2, checkpointInterval: 200ms}
                """.formatted(broker.address()));
    }

    private void awaitRows(long wanted) throws InterruptedException {
        while (rows < wanted) {
            assertThat(ingest.isAlive()).as("ingest lives").isTrue();
            Optional<LogEntry> entry = tail.next(LOOK);
            if (entry.isPresent() && entry.get() instanceof LogEntry.Commit commit) {
                rows += rows(commit.shards());
            }
        }
    }

    private static long rows(List<ShardFile> shards) {
        return shards.stream().mapToLong(ShardFile::rows).sum();
    }
}
