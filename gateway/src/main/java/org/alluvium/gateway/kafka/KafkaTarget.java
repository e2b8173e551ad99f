package org.alluvium.gateway.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.gateway.batch.PushedRecord;
import org.alluvium.gateway.target.Backlog;
import org.alluvium.gateway.target.DocumentTarget;
import org.alluvium.ingest.kafka.KafkaClient;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic. Its messages are JSON objects, keyed by the document's id where the producer gave one, so that all versions of a
 * document are in one partition, in their order. The producer is idempotent and waits for all in-sync replicas: nothing
 * that was acknowledged is lost or doubled by a broker that fails.
 */
public final class KafkaTarget implements DocumentTarget {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTarget.class);

    /** Room for the key of a message and its headers, beside the record. */
    private static final long ENVELOPE_BYTES = 64 << 10;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final LagWatch lag;
    private final long maxLag;

    private KafkaTarget(Producer<byte[], byte[]> producer, String topic, LagWatch lag, long maxLag) {
        this.producer = producer;
        this.topic = topic;
        this.lag = lag;
        this.maxLag = maxLag;
    }

    /**
     * Connects; brokers that are not there yet are waited for when something is sent.
     *
     * @param kafka of the source that reads the topic, the only one that it names
     * @param maxRecordBytes longest record that the source reads
     * @param maxLag most records that may wait for ingest
     * @throws ConfigException if Kafka's client refuses the properties
     */
    public static KafkaTarget open(KafkaConfig kafka, long maxRecordBytes, long maxLag) {
        String topic = kafka.topics().getFirst();
        try {
            Producer<byte[], byte[]> producer = new KafkaProducer<>(
                    producerProperties(kafka, maxRecordBytes), new ByteArraySerializer(), new ByteArraySerializer());
            LagWatch lag = LagWatch.start(Admin.create(commonProperties(kafka)), topic, kafka.group());
            return new KafkaTarget(producer, topic, lag, maxLag);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    "Kafka's client cannot be made: " + cause.getMessage(),
                    "the kafka group of the source that gateway.source names",
                    "Correct brokers and properties",
                    e);
        }
    }

    private static Map<String, Object> commonProperties(KafkaConfig kafka) {
        Map<String, Object> properties = new HashMap<>(KafkaClient.properties(kafka));
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "alluvium-gateway");
        return properties;
    }

    /** Times after which a client is told to come again; the source's own properties come first. */
    private static Map<String, Object> producerProperties(KafkaConfig kafka, long maxRecordBytes) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                Math.min(Integer.MAX_VALUE, maxRecordBytes + ENVELOPE_BYTES));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
        properties.putAll(commonProperties(kafka));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return properties;
    }

    @Override
    public CompletableFuture<List<String>> write(List<PushedRecord> records) {
        List<CompletableFuture<String>> sent = records.stream().map(this::send).toList();
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            lag.sent(records.size());
            return sent.stream().map(CompletableFuture::join).toList();
        });
    }

    private CompletableFuture<String> send(PushedRecord record) {
        byte[] key = record.id().map(id -> id.getBytes(StandardCharsets.UTF_8)).orElse(null);
        CompletableFuture<String> origin = new CompletableFuture<>();
        try {
            Future<?> _ = producer.send(new ProducerRecord<>(topic, key, record.line()), (metadata, failure) -> {
                if (failure == null) {
                    origin.complete(topic + "-" + metadata.partition() + "@" + metadata.offset());
                } else {
                    origin.completeExceptionally(failed(failure));
                }
            });
        } catch (KafkaException e) {
            origin.completeExceptionally(failed(e));
        }
        return origin;
    }

    private AlluviumException failed(Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            return new DataException(
                    "a record is larger than Kafka takes: " + failure.getMessage(),
                    "topic " + topic,
                    "Send smaller records, or raise max.message.bytes of the topic",
                    failure);
        }
        LOG.warn("Topic {}: a document was not sent: {}", topic, failure.getMessage());
        return new UnavailableException(
                "Kafka does not take documents now: " + failure.getMessage(),
                "topic " + topic,
                "Send them again; if that does not help, look at the brokers",
                failure);
    }

    @Override
    public Backlog backlog() {
        return new Backlog(lag.records(), maxLag, "records", Optional.empty());
    }

    @Override
    public boolean healthy() {
        return lag.known();
    }

    @Override
    public void close() {
        try (lag) {
            producer.close(LONGEST_CLOSE);
        }
    }
}
