package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.e2e.Deployment.Child;
import org.alluvium.e2e.SourceSamples.Sample;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/sources.md}, run as they stand. */
class SourcesPageIT {

    private static final SourcesPage PAGE = SourcesPage.read();
    private static final String TOPIC_EXAMPLE = "Kafka";

    @TempDir
    private Path folder;

    @Test
    void everyExampleIsAWholeConfiguration() {
        PAGE.examples()
                .forEach((heading, yaml) -> assertThatCode(() -> ConfigLoader.parse(yaml, heading, folder, List.of()))
                        .as(heading)
                        .doesNotThrowAnyException());
    }

    @Test
    void everyExampleIsRunByATest() {
        List<String> run = new ArrayList<>(
                SourceSamples.ofFolders().stream().map(Sample::heading).toList());
        run.add(TOPIC_EXAMPLE);
        run.add(GatewayIT.EXAMPLE);
        assertThat(PAGE.examples().keySet()).containsExactlyInAnyOrderElementsOf(run);
    }

    @Test
    void foldersOfEveryFormatBecomeDocuments() {
        List<Sample> samples = SourceSamples.ofFolders();
        SourceSamples.layOut(samples, folder);
        Map<String, Long> expected =
                new TreeMap<>(samples.stream().collect(Collectors.toMap(Sample::source, Sample::documents)));
        Deployment deployment = Deployment.create(
                folder, PAGE.together(samples.stream().map(Sample::heading).toList()));

        try (Child ingest = deployment.start("ingest")) {
            long records = sum(expected);
            Deployment.await(records + " records were read", () -> deployment.recordsRead() >= records, ingest);
            ingest.terminate();
        }
        assertThat(acceptedBySource()).isEqualTo(expected);
    }

    @Test
    void aTopicBecomesDocuments() throws ExecutionException, InterruptedException {
        try (Broker broker = Broker.start(folder.resolve("broker"))) {
            send(
                    broker.address(),
                    "texts",
                    "{\"text\": \"The river carries silt.\"}",
                    "{\"text\": \"The sea takes it.\"}");
            String yaml = PAGE.examples().get(TOPIC_EXAMPLE).replace("localhost:9092", broker.address());
            Deployment deployment = Deployment.create(folder, yaml);

            try (Child ingest = deployment.start("ingest")) {
                Deployment.await("both messages were read", () -> deployment.recordsRead() >= 2, ingest);
                ingest.terminate();
            }
            assertThat(acceptedBySource()).isEqualTo(Map.of("stream", 2L));
        }
    }

    private static void send(String brokers, String topic, String... messages)
            throws ExecutionException, InterruptedException {
        Map<String, Object> client = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        try (Admin admin = Admin.create(client);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            for (String message : messages) {
                producer.send(new ProducerRecord<>(topic, message)).get();
            }
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Documents in the corpus, by the name of their source. */
    private Map<String, Long> acceptedBySource() {
        Map<String, Long> accepted = new TreeMap<>();
        for (LogEntry entry :
                StoreShardLog.of(new CorpusLayout(folder.resolve("corpus"))).readFrom(0)) {
            if (entry instanceof LogEntry.Commit commit) {
                commit.shards()
                        .forEach(shard -> shard.rowsPerSource()
                                .forEach((source, rows) -> accepted.merge(source, rows, Long::sum)));
            }
        }
        return accepted;
    }
}
