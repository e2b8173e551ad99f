package org.alluvium.flink.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.alluvium.broker.Broker;
import org.alluvium.broker.BrokerSecurity;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.Certificates.Identity;
import org.alluvium.broker.RegistryServer;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.kafka.KafkaLag;
import org.alluvium.flink.kafka.PartitionLag;
import org.alluvium.flink.sink.CommitProbe;
import org.alluvium.ingest.record.StableId;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole job on topics of a real broker. */
class KafkaIngestIT {

    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

    @TempDir
    static Path brokerFolder;

    private static final String USER = "reader";
    private static final String PASSWORD = "4f1c9ab07e6d4be2";
    private static final String TOKEN = "c2b7d60a51f84e93";

    private static Certificates certificates;
    private static Identity identity;
    private static Broker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBroker() throws IOException {
        certificates = Certificates.in(brokerFolder.resolve("certificates"));
        identity = certificates.issue("all");
        broker = Broker.startSecure(
                brokerFolder, new BrokerSecurity(certificates.authority(), identity, USER, PASSWORD));
        secret("password", PASSWORD);
        secret("token", TOKEN);
    }

    private static void secret(String name, String content) throws IOException {
        Files.writeString(brokerFolder.resolve(name), content + "\n");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** @param source further keys of the source */
    private AlluviumConfig config(boolean follow, String kafka, String source) throws IOException {
        Path file = folder.resolve("alluvium.yaml");
        Files.writeString(file, """
                corpus: {dir: corpus}
                sources:
                  - name: topic
                    follow: %s
                    kafka:
                      brokers: "%s"
                      discovery: 200ms
                      access: {user: reader, passwordFile: "%s", caFile: "%s", keyStore: "%s", keyStorePasswordFile: "%s"}
                      %s
                    %s
                ingest: {checkpointInterval: 200ms}
                """.formatted(
                        follow,
                        broker.address(),
                        brokerFolder.resolve("password"),
                        certificates.authority(),
                        identity.keyStore(),
                        identity.password(),
                        kafka.replace(", ", "\n      "),
                        source));
        return ConfigLoader.load(file, List.of());
    }

    @Test
    void aBoundedTopicIsReadToItsEndWithPoisonTombstonesAndKeys() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        try (Topic topic = Topic.create(broker, "bounded", 2)) {
            topic.sendDocuments(0, 50)
                    .send(new ProducerRecord<>(
                            "bounded", 0, "k".getBytes(UTF_8), "{\"text\":\"first\"}".getBytes(UTF_8)))
                    .send(null, "no document")
                    .send(new ProducerRecord<>("bounded", 0, "k".getBytes(UTF_8), null))
                    .send(null, new byte[0])
                    .sendDocuments(50, 100)
                    .flush();
        }

        ExitCode code = IngestProcess.run(
                config(false, "topics: [bounded], keys: ids", ""), IngestOptions.DEFAULT, CommitProbe.NONE, NEVER);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(corpus.documentIds().stream().filter(id -> !id.equals("k")).toList())
                .containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, 100));
        Funnel funnel = corpus.funnel();
        assertThat(funnel.balances()).isTrue();
        assertThat(funnel.read()).isEqualTo(104);
        assertThat(funnel.rejected()).isEqualTo(Map.of("not_json", 1L, "blank_line", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "earliest  | start: earliest                                          | 0",
                "committed | 'start: committed, group: readers'                       | 4",
                "never     | 'start: committed, group: newcomers'                     | 0",
                "timed     | 'start: timestamp, startTime: \"1970-01-01T00:00:07Z\"' | 7",
                "latest    | start: latest                                            | 10"
            })
    void aJobWithoutStateBeginsWhereItIsTold(String name, String start, int first) throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        String topicName = "from-" + name;
        try (Topic topic = Topic.create(broker, topicName, 1)) {
            for (int i = 0; i < 10; i++) {
                byte[] document = ("{\"id\":\"d" + i + "\",\"text\":\"document number " + i + "\"}").getBytes(UTF_8);
                topic.send(new ProducerRecord<>(topicName, 0, i * 1000L, null, document));
            }
            topic.flush().commit("readers", 0, 4);
        }

        ExitCode code = IngestProcess.run(
                config(false, "topics: [" + topicName + "], " + start, ""),
                IngestOptions.DEFAULT,
                CommitProbe.NONE,
                NEVER);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(corpus.documentIds()).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(first, 10));
    }

    @Test
    void messagesOfPlainTextAreDocumentsNamedByTheirPlaces() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        try (Topic topic = Topic.create(broker, "plain", 1)) {
            topic.send("same", "one text\nof two lines")
                    .send("same", "another text")
                    .flush();
        }

        IngestProcess.run(
                config(false, "topics: [plain]", "format: text"), IngestOptions.DEFAULT, CommitProbe.NONE, NEVER);

        assertThat(corpus.rows()).extracting(ShardRow::origin).containsExactlyInAnyOrder("plain-0@0", "plain-0@1");
        assertThat(corpus.documentIds())
                .containsExactlyInAnyOrder(StableId.v1("topic", "plain-0@0"), StableId.v1("topic", "plain-0@1"));
        assertThat(corpus.changes()).isEmpty();
    }

    @Test
    void aMessageThatWasRefusedIsFedBackOnceFromItsPlace() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        AlluviumConfig mend = config(true, "topics: [refused]", "");
        try (Topic topic = Topic.create(broker, "refused", 1)) {
            topic.sendDocuments(0, 5).flush();
            AlluviumConfig defect = config(true, "topics: [refused]", "fields: {text: body}");
            try (RunningIngest defective = RunningIngest.start(corpus, defect, IngestOptions.DEFAULT)) {
                defective.awaitRead(5).stop();
            }
            assertThat(corpus.rows()).isEmpty();
            assertThat(corpus.feedBackAll()).isEqualTo(5);

            try (RunningIngest mended = RunningIngest.start(corpus, mend, IngestOptions.DEFAULT)) {
                mended.awaitRows(5);
                topic.sendDocuments(5, 6).flush();
                mended.awaitRows(6).stop();
            }
            assertThat(corpus.feedBackAll()).as("nothing is fed back twice").isZero();
        }

        assertThat(corpus.documentIds()).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, 6));
        assertThat(corpus.rows())
                .extracting(ShardRow::origin)
                .containsExactlyInAnyOrder(
                        "refused-0@0", "refused-0@1", "refused-0@2", "refused-0@3", "refused-0@4", "refused-0@5");
        assertThat(corpus.rows()).extracting(ShardRow::source).containsOnly("topic");
        assertThat(corpus.funnel().rejected()).isEqualTo(Map.of("text_missing", 5L));
        assertThat(corpus.funnel().duplicates()).isZero();
    }

    @Test
    void aBrokerThatIsKilledAndPartitionsThatAreAddedInterruptNothing() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        AlluviumConfig config = config(true, "topicPattern: 'grow.*'", "");
        try (Topic topic = Topic.create(broker, "growing", 1);
                RunningIngest ingest = RunningIngest.start(corpus, config, IngestOptions.DEFAULT)) {
            topic.sendDocuments(0, 100).flush();
            ingest.awaitRows(100);

            topic.sendDocuments(100, 150);
            broker.kill();
            broker.restart();
            topic.sendDocuments(150, 200).flush();
            ingest.awaitRows(200);

            topic.growTo(3);
            topic.send(new ProducerRecord<>(
                            "growing", 2, null, "{\"id\":\"d200\",\"text\":\"new partition\"}".getBytes(UTF_8)))
                    .flush();
            ingest.awaitRows(201);

            assertThat(corpus.documentIds()).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, 201));
            assertThat(lagOf(config, corpus)).hasSize(3).allMatch(lag -> lag.documents() == 0);
        }
    }

    private static List<PartitionLag> lagOf(AlluviumConfig config, TestCorpus corpus) {
        Map<String, SourcePosition> positions = new HashMap<>();
        for (LogEntry.Commit commit : corpus.commits()) {
            commit.sourcePositions()
                    .forEach((place, position) ->
                            positions.merge(place.substring("topic:".length()), position, SourcePosition::then));
        }
        return lagOf(config, positions);
    }

    private static List<PartitionLag> lagOf(AlluviumConfig config, Map<String, SourcePosition> positions) {
        KafkaConfig kafka = config.sources().get(0).kafka().orElseThrow();
        return KafkaLag.measure(kafka, positions, Clock.systemUTC());
    }

    @Test
    void aSchemaMayEvolveAndItsRegistryBeDownWhileTheJobRuns() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        Schema first = schema("{\"name\": \"text\", \"type\": \"string\"}");
        Schema second =
                schema("{\"name\": \"site\", \"type\": \"string\"}, {\"name\": \"text\", \"type\": \"string\"}");
        Schema third = schema(
                "{\"name\": \"text\", \"type\": \"string\"}, {\"name\": \"date\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}}");
        try (RegistryServer registry = new RegistryServer(identity);
                Topic topic = Topic.create(broker, "evolving", 1)) {
            registry.schema(1, first.toString());
            AlluviumConfig config = config(
                    true,
                    "topics: [evolving], keys: ids, registry: '" + registry.address() + "', registryAccess: {caFile: '"
                            + certificates.authority() + "',tokenFile: '" + brokerFolder.resolve("token") + "'}",
                    "format: avro");
            try (RunningIngest ingest = RunningIngest.start(corpus, config, IngestOptions.DEFAULT)) {
                topic.send("a", framed(1, record(first, "one").build())).flush();
                ingest.awaitRows(1);

                registry.schema(2, second.toString());
                topic.send("b", framed(2, record(second, "two").set("site", "s").build()))
                        .send(
                                "x",
                                framed(
                                        99,
                                        record(first, "of a schema that nobody has registered")
                                                .build()))
                        .flush();
                ingest.awaitRows(2);

                registry.answer("/schemas/ids/3", 503, "");
                topic.send(
                                "c",
                                framed(
                                        3,
                                        record(third, "three")
                                                .set("date", 5_000_000L)
                                                .build()))
                        .flush();
                registry.awaitRequests("/schemas/ids/3", 2);
                registry.schema(3, third.toString());
                ingest.awaitRows(3);
            }
            assertThat(registry.authorization()).isEqualTo("Bearer " + TOKEN);
        }

        assertThat(corpus.documentIds()).containsExactly("a", "b", "c");
        assertThat(corpus.funnel().rejected()).isEqualTo(Map.of("unknown_schema", 1L));
    }

    @Test
    void aWrongPasswordAndAnUnknownAuthorityAreToldApart() throws Exception {
        AlluviumConfig config = config(false, "topics: [nobody-gets-there]", "");
        secret("password", "another");
        try {
            assertThatThrownBy(() -> lagOf(config, Map.of()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the brokers refuse us")
                    .hasMessageContaining("kafka.access");
        } finally {
            secret("password", PASSWORD);
        }
        String caFile = "sources[0].kafka.access.caFile=";
        AlluviumConfig trustingJava = ConfigLoader.load(folder.resolve("alluvium.yaml"), List.of(caFile));
        assertThatThrownBy(() -> lagOf(trustingJava, Map.of()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no secure connection")
                .hasMessageContaining("kafka.access.caFile");
    }

    /** Neither log, shards and events nor Flink's checkpoints. */
    @AfterEach
    void nothingThatIsWrittenHoldsASecret() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .allSatisfy(file -> assertThat(Files.readString(file, ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(PASSWORD, TOKEN, Certificates.PASSWORD));
        }
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"Page\", \"fields\": [" + fields + "]}");
    }

    private static GenericRecordBuilder record(Schema schema, String text) {
        return new GenericRecordBuilder(schema).set("text", text);
    }

    private static byte[] framed(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
