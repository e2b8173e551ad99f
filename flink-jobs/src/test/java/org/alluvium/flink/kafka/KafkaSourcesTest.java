package org.alluvium.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.contracts.config.FilesConfig;
import org.alluvium.contracts.config.FlowConfig;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class KafkaSourcesTest {

    private static SourceConfig source(boolean follow, String brokers, Map<String, String> properties) {
        KafkaConfig kafka = new KafkaConfig(
                brokers,
                List.of("t"),
                Optional.empty(),
                "g",
                KafkaConfig.Start.EARLIEST,
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ZERO,
                KafkaConfig.Keys.PARTITIONS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                properties);
        return new SourceConfig(
                "topic",
                Optional.empty(),
                Optional.of(kafka),
                Format.JSONL,
                follow,
                FieldsConfig.DEFAULT,
                FilesConfig.DEFAULT,
                FlowConfig.DEFAULT);
    }

    @Test
    void onlyASourceThatIsNotFollowedEnds() {
        assertThat(KafkaSources.of(source(true, "localhost:9092", Map.of()), 100)
                        .getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(KafkaSources.of(source(false, "localhost:9092", Map.of()), 100)
                        .getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void aPropertyThatTheClientRefusesIsAnErrorOfTheConfiguration() {
        assertThatThrownBy(() -> KafkaSources.of(source(true, "localhost:9092", Map.of("fetch.max.bytes", "many")), 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("source topic")
                .hasMessageContaining("fetch.max.bytes");
    }

    @Test
    void anAddressWithoutPortIsAnErrorOfTheConfiguration() {
        assertThatThrownBy(() -> KafkaSources.of(source(true, "localhost", Map.of()), 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.brokers");
    }

    @Test
    void whatHappensWhenMessagesAreGoneIsOneOfThree() {
        assertThatThrownBy(() -> KafkaSources.of(
                        source(true, "localhost:9092", Map.of("auto.offset.reset", "by_duration:PT1H")), 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none, earliest, latest");
    }

    @Test
    void errorsOfTheClientSayWhatToDo() {
        assertThat(explained(new OffsetOutOfRangeException(Map.of(new TopicPartition("t", 0), 5L))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t-0=5")
                .hasMessageContaining("auto.offset.reset: earliest");
        assertThat(explained(new TimeoutException("no answer"))).isInstanceOf(UnavailableException.class);
        assertThat(KafkaFailure.explain(new KafkaException("a defect"))).isEmpty();
    }

    private static AlluviumException explained(KafkaException error) {
        return KafkaFailure.explain(error).orElseThrow();
    }
}
