package org.alluvium.flink.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.KafkaConfig.Start;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without state begins, as offsets that are looked up once and stored in its first checkpoint: a marker such as
 * "the earliest" or "as committed" would mean another place after a restart.
 */
@SuppressWarnings("deprecation") // Flink's interface still speaks Kafka's older type
final class StartOffsets implements OffsetsInitializer {

    /** What may be done where the broker no longer has the offset that is to be read next. */
    static final List<String> WHEN_GONE = List.of("none", "earliest", "latest");

    static final String FAIL = "none";

    private static final long serialVersionUID = 1L;

    private final Start start;
    private final long startMillis;
    private final String whenGone;

    /** Begins as configured; {@code whenGone} is one of {@link #WHEN_GONE}. */
    StartOffsets(KafkaConfig kafka, String whenGone) {
        this.start = kafka.start();
        this.startMillis = kafka.startTime()
                .map(time -> Instant.parse(time).toEpochMilli())
                .orElse(0L);
        this.whenGone = whenGone;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        return switch (start) {
            case EARLIEST -> broker.beginningOffsets(partitions);
            case LATEST -> broker.endOffsets(partitions);
            case COMMITTED -> committed(partitions, broker);
            case TIMESTAMP -> fromTime(partitions, broker);
        };
    }

    private static Map<TopicPartition, Long> committed(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        Map<TopicPartition, Long> offsets = new HashMap<>(broker.beginningOffsets(partitions));
        offsets.putAll(broker.committedOffsets(partitions));
        return offsets;
    }

    private Map<TopicPartition, Long> fromTime(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, startMillis));
        // Asked for first: what is written in between is then behind the place, not before it.
        Map<TopicPartition, Long> offsets = new HashMap<>(broker.endOffsets(partitions));
        broker.offsetsForTimes(times).forEach((partition, found) -> {
            // Below 0 where everything is older.
            if (found.offset() >= 0) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.valueOf(whenGone.toUpperCase(Locale.ROOT));
    }
}
