package org.alluvium.flink.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.flink.intake.GovernedSource;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.ArrivalSerializer;
import org.alluvium.ingest.kafka.KafkaClient;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Builds what the job needs to read one configured source from Kafka. */
public final class KafkaSources {

    private static final String READ_COMMITTED = "read_committed";
    private static final Duration ALIGNMENT_INTERVAL = Duration.ofSeconds(1);

    private KafkaSources() {}

    /**
     * The source's messages, taken in.
     *
     * @param maxMessageBytes longer messages become dead letters
     * @throws ConfigException if the Kafka client or the schema of the source is configured in a way that cannot work
     */
    public static DataStream<Arrival> read(
            StreamExecutionEnvironment environment, SourceConfig source, long maxMessageBytes) {
        return environment
                .fromSource(
                        of(source, maxMessageBytes),
                        watermarks(source),
                        "Read " + source.name(),
                        ArrivalSerializer.TYPE)
                .uid("kafka-" + source.name());
    }

    static GovernedSource<KafkaPartitionSplit, KafkaSourceEnumState> of(SourceConfig source, long maxMessageBytes) {
        // Tasks make their own parser; this one finds out now what would stop them.
        RecordParser.of(source);
        return new GovernedSource<>(records(source, maxMessageBytes), source, KafkaSources::before);
    }

    private static KafkaSource<SourceRecord> records(SourceConfig source, long maxMessageBytes) {
        KafkaConfig kafka = source.kafka().orElseThrow();
        Properties client = client(source.name(), kafka);
        StartOffsets start = new StartOffsets(kafka, takeWhenGone(source.name(), client));
        KafkaSourceBuilder<SourceRecord> builder = KafkaSource.<SourceRecord>builder()
                .setProperties(client)
                .setKafkaSubscriber(new Topics(kafka))
                .setStartingOffsets(start)
                .setDeserializer(new MessageDeserializer(source.name(), kafka, maxMessageBytes));
        return source.follow()
                ? builder.build()
                : builder.setBounded(OffsetsInitializer.latest()).build();
    }

    private static Properties client(String source, KafkaConfig kafka) {
        Properties client = new Properties();
        client.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
        client.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, StartOffsets.FAIL);
        client.putAll(KafkaClient.properties(kafka));
        client.setProperty(ConsumerConfig.GROUP_ID_CONFIG, kafka.group());
        client.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        client.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        check(source, client);
        client.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), kafka.group() + '-' + source);
        client.setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                Long.toString(kafka.discovery().toMillis()));
        return client;
    }

    private static void check(String source, Properties client) {
        try {
            ConsumerConfig known = new ConsumerConfig(client);
            ClientUtils.parseAndValidateAddresses(known);
        } catch (KafkaException unusable) {
            throw new ConfigException(
                    "Kafka's client refuses its configuration: " + unusable.getMessage(),
                    "source " + source,
                    "Correct kafka.brokers or kafka.properties of the source",
                    unusable);
        }
    }

    /** Flink sets this property itself, to what the start offsets say, and warns of one that is there before. */
    private static String takeWhenGone(String source, Properties client) {
        String reset = (String) client.remove(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
        if (!StartOffsets.WHEN_GONE.contains(reset)) {
            throw new ConfigException(
                    "auto.offset.reset is '" + reset + "'",
                    "source " + source,
                    "Let kafka.properties say one of " + StartOffsets.WHEN_GONE + ", or leave it out");
        }
        return reset;
    }

    /** The splits as they were before a message that could not be parsed yet; it was the last of its partition. */
    private static List<KafkaPartitionSplit> before(SourceRecord record, List<KafkaPartitionSplit> splits) {
        MessageOrigin origin = MessageOrigin.parse(record.origin());
        return splits.stream()
                .map(split -> split.getTopicPartition().equals(origin.topicPartition())
                        ? new KafkaPartitionSplit(
                                split.getTopicPartition(),
                                origin.offset(),
                                split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET))
                        : split)
                .toList();
    }

    /** Watermarks of each partition by the documents' event times. */
    static WatermarkStrategy<Arrival> watermarks(SourceConfig source) {
        Duration alignment = source.kafka().orElseThrow().alignment();
        WatermarkStrategy<Arrival> strategy = WatermarkStrategy.<Arrival>forBoundedOutOfOrderness(
                        source.flow().outOfOrderness())
                .withTimestampAssigner((arrival, ignored) -> arrival.timeMillis())
                .withIdleness(source.flow().idleness());
        return alignment.isZero()
                ? strategy
                : strategy.withWatermarkAlignment("kafka-" + source.name(), alignment, ALIGNMENT_INTERVAL);
    }
}
