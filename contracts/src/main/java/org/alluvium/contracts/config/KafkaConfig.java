package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code kafka} group of a source. */
public record KafkaConfig(
        @Key(doc = "Addresses of some brokers, separated by commas.", example = "localhost:9092")
        String brokers,

        @Key(doc = "Names of the topics. Either these or topicPattern are given.", byDefault = "[]", example = "[news]")
        List<String> topics,

        @Key(doc = "Regular expression of the names of topics; ones that are created later are found.", byDefault = "")
        Optional<String> topicPattern,

        @Key(
                doc = "Consumer group that progress is reported to; Flink's state is what decides.",
                byDefault = "alluvium")
        String group,

        @Key(
                doc =
                        "Where a job without state begins: 'earliest', 'latest', 'committed' (by the group, else earliest) or"
                                + " 'timestamp'.",
                byDefault = "earliest")
        Start start,

        @Key(doc = "For start: timestamp, the time to begin at, in ISO 8601.", byDefault = "")
        Optional<String> startTime,

        @Key(doc = "Time between two looks for new partitions and topics; 0s is never.", byDefault = "30s")
        Duration discovery,

        @Key(
                doc =
                        "Partitions whose event times are further ahead of the slowest one's than this wait for it; 0s is never,"
                                + " as it should be unless event times grow as messages are written.",
                byDefault = "0s")
        Duration alignment,

        @Key(
                doc =
                        "What keys of messages are: 'ids' of documents that hold none themselves, or only what 'partitions' are"
                                + " chosen by. Either way a message with a key and no value deletes the document of that id.",
                byDefault = "partitions")
        Keys keys,

        @Key(
                doc =
                        "Address of a schema registry (Confluent's interface); messages then carry the id of their schema.",
                byDefault = "")
        Optional<String> registry,

        @Key(
                doc =
                        "How this program shows the schema registry who it is, and knows it; its files are on every machine that"
                                + " reads.",
                byDefault = "")
        Optional<AccessConfig> registryAccess,

        @Key(
                doc =
                        "Avro schema (.avsc) that messages without a schema of their own are written by; on every machine that"
                                + " reads.",
                byDefault = "")
        Optional<Path> schema,

        @Key(
                doc =
                        "How this program shows the brokers who it is, and knows them; without it, nothing is encrypted unless"
                                + " properties say so.",
                byDefault = "")
        Optional<KafkaAccessConfig> access,

        @Key(
                doc =
                        "Further properties of the Kafka client, such as fetch.max.bytes. auto.offset.reset is 'none': a job whose"
                                + " next message is gone fails; 'earliest' accepts the loss.",
                byDefault = "{}")
        Map<String, String> properties) {

    public KafkaConfig {
        topics = List.copyOf(topics);
        properties = Map.copyOf(properties);
    }

    /** The given topics with every other key at its default. */
    public static KafkaConfig ofTopics(String brokers, List<String> topics) {
        return new KafkaConfig(
                brokers,
                topics,
                Optional.empty(),
                "alluvium",
                Start.EARLIEST,
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Keys.PARTITIONS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** The same with other settings of Kafka's client. */
    public KafkaConfig withProperties(Map<String, String> others) {
        return new KafkaConfig(
                brokers,
                topics,
                topicPattern,
                group,
                start,
                startTime,
                discovery,
                alignment,
                keys,
                registry,
                registryAccess,
                schema,
                access,
                others);
    }

    /** Where a job without state begins. */
    public enum Start {
        EARLIEST,
        LATEST,
        COMMITTED,
        TIMESTAMP
    }

    /** What the keys of messages with a value are. */
    public enum Keys {
        /** The id of a document that holds none itself. */
        IDS,
        /** Nothing: several documents may have the same. */
        PARTITIONS
    }
}
