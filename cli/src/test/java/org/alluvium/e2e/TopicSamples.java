package org.alluvium.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.alluvium.broker.Broker;
import org.alluvium.broker.RegistryServer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Something to read for the examples of {@link SourcesPage} that read Kafka. */
final class TopicSamples {

    private static final Schema ARTICLE = SchemaBuilder.record("Article")
            .fields()
            .requiredString("uuid")
            .requiredString("body")
            .endRecord();

    private static final Schema LATER_ARTICLE = SchemaBuilder.record("Article")
            .fields()
            .requiredString("uuid")
            .requiredString("author")
            .requiredString("body")
            .endRecord();

    private static final Schema FEED = SchemaBuilder.record("Article")
            .fields()
            .requiredString("id")
            .requiredString("text")
            .endRecord();

    private static final int FIRST = 7;
    private static final int SECOND = 8;

    private TopicSamples() {}

    /** What the page's example reads, all of one topic, and the ids of the documents it makes of it, one a message. */
    record Sample(String heading, List<String> ids, List<ProducerRecord<byte[], byte[]>> messages) {

        String topic() {
            return messages.getFirst().topic();
        }
    }

    static List<Sample> all() {
        return List.of(
                new Sample(
                        "Kafka, JSON",
                        List.of("s-1"),
                        List.of(message("texts", "{\"id\": \"s-1\", \"text\": \"A stream.\"}".getBytes(UTF_8)))),
                new Sample(
                        "Kafka, Avro with a schema registry",
                        List.of("a-1", "a-2"),
                        List.of(message("articles", firstArticle()), message("articles", laterArticle()))),
                new Sample(
                        "Kafka, Avro without a registry",
                        List.of("f-1"),
                        List.of(message("feed", body(FEED, Map.of("id", "f-1", "text", "What is fed."))))),
                new Sample(
                        "Kafka, plain text",
                        List.of("l-1"),
                        List.of(new ProducerRecord<>(
                                "log-2026", "l-1".getBytes(UTF_8), "A line of a log.".getBytes(UTF_8)))));
    }

    /** Makes the schemas known that the messages and the examples name. */
    static void register(RegistryServer registry, Path root) throws IOException {
        registry.schema(FIRST, ARTICLE.toString());
        registry.schema(SECOND, LATER_ARTICLE.toString());
        Path file = root.resolve("schemas/article.avsc");
        Files.createDirectories(file.getParent());
        Files.writeString(file, FEED.toString());
    }

    /** Creates the topics and sends the messages; returns once the broker has them all. */
    static void send(List<Sample> samples, String brokers) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(brokers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Sample sample : samples) {
                create(sample.topic(), client(brokers));
                for (ProducerRecord<byte[], byte[]> message : sample.messages()) {
                    producer.send(message).get();
                }
            }
        }
    }

    /** Sends texts to a topic; returns once the broker has them all. */
    static void send(String topic, List<String> texts, Broker broker) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = texts.stream()
                    .map(text -> producer.send(message(topic, text.getBytes(UTF_8))))
                    .toList();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("the broker has not taken everything", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Creates a topic of one partition. */
    static void create(String topic, Broker broker) throws ExecutionException, InterruptedException {
        create(topic, broker.client());
    }

    private static void create(String topic, Map<String, Object> client)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static Map<String, Object> client(String brokers) {
        return Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, byte[] value) {
        return new ProducerRecord<>(topic, value);
    }

    private static byte[] firstArticle() {
        return numbered(FIRST, body(ARTICLE, Map.of("uuid", "a-1", "body", "An article.")));
    }

    private static byte[] laterArticle() {
        return numbered(
                SECOND, body(LATER_ARTICLE, Map.of("uuid", "a-2", "author", "Ann", "body", "A later article.")));
    }

    private static byte[] body(Schema schema, Map<String, String> fields) {
        GenericRecord article = new GenericData.Record(schema);
        fields.forEach(article::put);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(article, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Confluent's wire format: zero, and the schema's number in the registry. */
    private static byte[] numbered(int schema, byte[] body) {
        return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put((byte) 0)
                .putInt(schema)
                .put(body)
                .array();
    }
}
