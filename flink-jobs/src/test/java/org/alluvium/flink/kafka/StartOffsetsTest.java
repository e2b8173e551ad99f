package org.alluvium.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.KafkaConfig.Start;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {

    private static final TopicPartition READ = new TopicPartition("t", 0);
    private static final TopicPartition NEVER_READ = new TopicPartition("t", 1);
    private static final List<TopicPartition> BOTH = List.of(READ, NEVER_READ);

    /** Partitions that hold offsets 10 to 19, written a second apart; the group has committed 5, which is gone. */
    private static final class Broker implements PartitionOffsetsRetriever {

        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            return Map.of(READ, 5L);
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            return Map.of(READ, 20L, NEVER_READ, 20L);
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return Map.of(READ, 10L, NEVER_READ, 10L);
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> {
                if (time < 10_000) {
                    found.put(partition, new OffsetAndTimestamp(10 + time / 1000, time));
                }
            });
            return found;
        }
    }

    private static Map<TopicPartition, Long> offsets(Start start, String startTime) {
        KafkaConfig kafka = new KafkaConfig(
                "b:1",
                List.of("t"),
                Optional.empty(),
                "g",
                start,
                Optional.ofNullable(startTime),
                Duration.ZERO,
                Duration.ZERO,
                KafkaConfig.Keys.PARTITIONS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return new StartOffsets(kafka, StartOffsets.FAIL).getPartitionOffsets(BOTH, new Broker());
    }

    @Test
    void theEarliestIsAnOffsetThatIsThere() {
        assertThat(offsets(Start.EARLIEST, null)).isEqualTo(Map.of(READ, 10L, NEVER_READ, 10L));
    }

    @Test
    void theLatestIsAnOffsetSoThatARestartDoesNotMoveIt() {
        assertThat(offsets(Start.LATEST, null)).isEqualTo(Map.of(READ, 20L, NEVER_READ, 20L));
    }

    @Test
    void whatTheGroupHasCommittedIsTakenEvenIfItIsGoneSoThatTheLossIsNoticed() {
        assertThat(offsets(Start.COMMITTED, null)).isEqualTo(Map.of(READ, 5L, NEVER_READ, 10L));
    }

    @Test
    void aTimeIsTheFirstMessageFromThenOn() {
        assertThat(offsets(Start.TIMESTAMP, "1970-01-01T00:00:03Z")).isEqualTo(Map.of(READ, 13L, NEVER_READ, 13L));
    }

    @Test
    void aTimeBehindTheLastMessageIsTheEnd() {
        assertThat(offsets(Start.TIMESTAMP, "2030-01-01T00:00:00Z")).isEqualTo(Map.of(READ, 20L, NEVER_READ, 20L));
    }
}
