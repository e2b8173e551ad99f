package org.alluvium.cli.chaos.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of a deployment. Producers are idempotent, wait for all acknowledgements and try again for an hour: what they send
 * is there once, or they say that they do not know.
 */
final class Topic {

    private static final int PARTITIONS = 2;
    private static final int PATIENCE_MILLIS = 3_600_000;

    private final String brokers;

    Topic(String brokers) {
        this.brokers = brokers;
    }

    void create() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(Site.TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new UnavailableException("the topic cannot be created", brokers, "Read the broker's log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "enable.idempotence",
                        true,
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        PATIENCE_MILLIS,
                        "max.block.ms",
                        PATIENCE_MILLIS,
                        "request.timeout.ms",
                        5000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends a record; completes with nothing once it is acknowledged, or with what went wrong. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
    static CompletableFuture<Optional<String>> send(KafkaProducer<byte[], byte[]> producer, Documents.Message record) {
        CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                Site.TOPIC,
                (int) (record.number() % PARTITIONS),
                null,
                record.json().getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(
                    message,
                    (at, error) -> outcome.complete(Optional.ofNullable(error).map(Throwable::toString)));
        } catch (KafkaException e) {
            outcome.complete(Optional.of(e.toString()));
        }
        return outcome;
    }

    /** Hands over all messages that are there now, a partition after the other. */
    void forEach(Consumer<String> message) {
        Map<String, Object> client = Map.of("bootstrap.servers", brokers, "enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>(IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new TopicPartition(Site.TOPIC, number))
                    .toList());
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> message.accept(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
    }
}
