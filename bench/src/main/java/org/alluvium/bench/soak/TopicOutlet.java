package org.alluvium.bench.soak;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends documents to a topic, each exactly once, however long the broker is away. */
final class TopicOutlet implements Outlet {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Sends to a topic that exists. */
    TopicOutlet(String brokers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Integer.MAX_VALUE,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        Long.MAX_VALUE,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "zstd",
                        ProducerConfig.LINGER_MS_CONFIG,
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Makes a topic that keeps no more than so many bytes of a partition, so that its disk use has a bound. */
    static void create(String brokers, String topic, int partitions, long retainedBytes) throws InterruptedException {
        Map<String, String> settings = Map.of(
                TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(retainedBytes),
                TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(retainedBytes / 8));
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic " + topic + " cannot be created", e.getCause());
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of every failure
    public void offer(List<byte[]> documents) {
        for (byte[] document : documents) {
            producer.send(new ProducerRecord<>(topic, document), (sent, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        }
        throwFailure();
    }

    @Override
    public void close() {
        producer.close();
        throwFailure();
    }

    private void throwFailure() {
        if (failure.get() != null) {
            throw new IllegalStateException("a document could not be sent", failure.get());
        }
    }
}
