package org.alluvium.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.gateway.batch.PushedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, which is killed and comes back. */
class KafkaTargetIT {

    private static final TopicPartition PARTITION = new TopicPartition("pushed", 0);

    @TempDir
    private Path folder;

    private static PushedRecord record(String id, String line) {
        return new PushedRecord(line.getBytes(StandardCharsets.UTF_8), Optional.ofNullable(id));
    }

    private static KafkaConfig kafka(Broker broker) {
        return new KafkaConfig(
                broker.address(),
                List.of("pushed"),
                Optional.empty(),
                "readers",
                KafkaConfig.Start.EARLIEST,
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ZERO,
                KafkaConfig.Keys.PARTITIONS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("delivery.timeout.ms", "2000", "request.timeout.ms", "1000", "max.block.ms", "2000"));
    }

    @Test
    void whatIsAcknowledgedIsInTheTopicWhateverBecomesOfTheBroker() throws Exception {
        try (Broker broker = Broker.start(folder.resolve("broker"))) {
            createTopic(broker);
            try (KafkaTarget target = KafkaTarget.open(kafka(broker), 1 << 20, 100)) {
                assertThat(target.write(List.of(record("a", "{1}"), record(null, "{2}")))
                                .get())
                        .containsExactly("pushed-0@0", "pushed-0@1");
                broker.kill();
                assertThatThrownBy(() ->
                                target.write(List.of(record("b", "{lost}"))).get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(UnavailableException.class);
                broker.restart();
                writeUntilAccepted(target, record("c", "{3}"));
                assertThatThrownBy(() -> target.write(List.of(record("d", "x".repeat(2 << 20))))
                                .get())
                        .hasCauseInstanceOf(DataException.class);
            }
            assertThat(consumed(broker)).startsWith("a={1}", "null={2}").contains("c={3}");
        }
    }

    @Test
    void theLagIsWhatTheGroupHasYetToRead() throws Exception {
        try (Broker broker = Broker.start(folder.resolve("broker"))) {
            createTopic(broker);
            try (KafkaTarget target = KafkaTarget.open(kafka(broker), 1 << 20, 2);
                    Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
                long sent = 0;
                while (target.backlog().refusal().isEmpty()) {
                    target.write(List.of(record("a", "{}"))).get();
                    sent++;
                }
                ConsumerLag lag = new ConsumerLag(admin, "pushed", "readers");
                assertThat(lag.measure()).isEqualTo(sent);
                admin.alterConsumerGroupOffsets("readers", Map.of(PARTITION, new OffsetAndMetadata(sent - 1)))
                        .all()
                        .get();
                assertThat(lag.measure()).isEqualTo(1);
            }
        }
    }

    private static void createTopic(Broker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic("pushed", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** As a client does that is told to come again. */
    private static void writeUntilAccepted(KafkaTarget target, PushedRecord record) throws Exception {
        while (true) {
            try {
                target.write(List.of(record)).get();
                return;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(UnavailableException.class);
            }
        }
    }

    private static List<String> consumed(Broker broker) {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    records.add(record.key() + "=" + record.value());
                }
            }
        }
        return records;
    }
}
