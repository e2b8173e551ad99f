package org.alluvium.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentAvro;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.flink.job.IngestOptions;
import org.alluvium.flink.job.IngestProcess;
import org.alluvium.flink.kafka.KafkaSources;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Avro documents of a Kafka topic in megabytes of message values per second of CPU time, of all threads of this process:
 * read by a plain consumer that only deserializes them, by the job's reader alone, and all the way into shards. The broker
 * is another process and not counted.
 *
 * <p>The three take turns; the first round warms up. What Flink costs to start and stop, measured on an empty topic, is
 * subtracted from its two, so the topic has to be long enough that this is little. Each counts only if it has seen every
 * document.
 *
 * <p>Run it with {@code bench/run.sh KafkaBenchmark europarl.lines.txt [rounds]}; every line of the file is {@value #COPIES}
 * documents, which differ in their first word.
 */
public final class KafkaBenchmark {

    private static final String FULL = "full";
    private static final String EMPTY = "empty";
    private static final int COPIES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Broker broker;
    private final Path work;
    private long documents;
    private long bytes;

    private KafkaBenchmark(Broker broker, Path work) {
        this.broker = broker;
        this.work = work;
    }

    /** Prints one line per round. */
    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("kafka-benchmark");
        try (Broker broker = Broker.start(work.resolve("broker"))) {
            KafkaBenchmark benchmark = new KafkaBenchmark(broker, work);
            benchmark.produce(Files.readAllLines(Path.of(args[0])));
            int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
            for (int round = 0; round <= rounds; round++) {
                benchmark.round(round);
            }
        }
    }

    private void produce(List<String> texts) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.address());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(FULL, 1, (short) 1), new NewTopic(EMPTY, 1, (short) 1)))
                    .all()
                    .get();
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int copy = 1; copy <= COPIES; copy++) {
                for (String text : texts) {
                    byte[] message = DocumentAvro.encode(document(copy + " " + text));
                    sent.add(producer.send(new ProducerRecord<>(FULL, message)));
                    documents++;
                    bytes += message.length;
                }
            }
        }
        for (Future<RecordMetadata> message : sent) {
            message.get();
        }
    }

    private Document document(String text) {
        return new Document(
                "d" + documents, "bench", "", Optional.empty(), text, documents, Optional.empty(), Map.of());
    }

    private void round(int round) throws Exception {
        double megabytes = bytes / 1e6;
        double plain = megabytes / cpuSeconds(this::consume);
        double reader = megabytes / (cpuSeconds(() -> read(FULL)) - cpuSeconds(() -> read(EMPTY)));
        double shards = megabytes / (cpuSeconds(() -> ingest(FULL, round)) - cpuSeconds(() -> ingest(EMPTY, round)));
        System.out.printf(
                "%s: %,d documents, %.1f MB; in MB per CPU-second: plain consumer %.1f, reader %.1f (%.2f of it), into"
                        + " shards %.2f (%.3f of it)%n",
                round == 0 ? "warm-up" : "round " + round,
                documents,
                megabytes,
                plain,
                reader,
                reader / plain,
                shards,
                shards / plain);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double cpuSeconds(Work work) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = system.getProcessCpuTime();
        work.run();
        return (system.getProcessCpuTime() - before) / 1e9;
    }

    private void consume() {
        DocumentAvro codec = new DocumentAvro(List.of());
        long seen = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(FULL, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (seen < documents) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(PATIENCE)) {
                    seen += codec.decode(message.value(), FULL).text().isEmpty() ? 0 : 1;
                }
            }
        }
    }

    private AlluviumConfig config(String topic, Path folder) throws IOException {
        Files.createDirectories(folder);
        return ConfigLoader.load(
                Files.writeString(folder.resolve("alluvium.yaml"), """
                        corpus: {dir: corpus}
                        sources: [{name: bench, format: avro, follow: false, kafka: {brokers: "%s", topics: [%s]}}]
                        """.formatted(broker.address(), topic)), List.of());
    }

    private void read(String topic) throws Exception {
        AlluviumConfig config = config(topic, work.resolve("read"));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
        environment.getConfig().enableObjectReuse();
        KafkaSources.read(
                        environment,
                        config.sources().getFirst(),
                        config.ingest().maxLineBytes())
                .sinkTo(new DiscardingSink<>());
        environment.execute();
    }

    private void ingest(String topic, int round) throws IOException {
        Path folder = work.resolve(topic + "-" + round);
        IngestProcess.run(config(topic, folder), IngestOptions.DEFAULT);
        Funnel funnel = StoreShardLog.of(new CorpusLayout(folder.resolve("corpus"))).readFrom(0).stream()
                .filter(LogEntry.Commit.class::isInstance)
                .map(entry -> ((LogEntry.Commit) entry).funnel())
                .reduce(Funnel.EMPTY, Funnel::plus);
        if (topic.equals(FULL) && (funnel.read() != documents || !funnel.balances())) {
            throw new IllegalStateException(documents + " documents are in the topic, but the log says " + funnel);
        }
    }
}
