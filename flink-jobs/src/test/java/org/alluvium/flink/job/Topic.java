package org.alluvium.flink.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.alluvium.broker.Broker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of a broker, and a producer that writes each message once, even if the broker is killed meanwhile. */
final class Topic implements AutoCloseable {

    private final Broker broker;
    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    private Topic(Broker broker, String name) {
        this.broker = broker;
        this.name = name;
        Map<String, Object> properties = broker.client();
        properties.putAll(Map.of(
                "acks", "all",
                "enable.idempotence", "true",
                "delivery.timeout.ms", "600000",
                "max.block.ms", "600000"));
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Topic create(Broker broker, String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
        return new Topic(broker, name);
    }

    void growTo(int partitions) throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    /** Sends one message; returns before it is written. */
    Topic send(String key, byte[] value) {
        return send(new ProducerRecord<>(name, key == null ? null : key.getBytes(UTF_8), value));
    }

    Topic send(ProducerRecord<byte[], byte[]> message) {
        sent.add(producer.send(message));
        return this;
    }

    Topic send(String key, String value) {
        return send(key, value.getBytes(UTF_8));
    }

    /** JSON documents with ids {@code d<from>} to {@code d<to - 1>}; the text of document n says n. */
    Topic sendDocuments(int from, int to) {
        for (int i = from; i < to; i++) {
            send(null, "{\"id\":\"d" + i + "\",\"text\":\"document number " + i + "\"}");
        }
        return this;
    }

    /** Says for a group that it goes on at this offset. */
    Topic commit(String group, int partition, long offset) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(new TopicPartition(name, partition), new OffsetAndMetadata(offset));
        try (Admin admin = Admin.create(broker.client())) {
            admin.alterConsumerGroupOffsets(group, next).all().get();
        }
        return this;
    }

    /** Returns once everything sent is written. */
    Topic flush() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> message : sent) {
            message.get();
        }
        sent.clear();
        return this;
    }

    @Override
    public void close() {
        producer.close();
    }
}
