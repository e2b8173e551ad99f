package org.alluvium.flink.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.ingest.kafka.KafkaClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Compares what the log says was read of a source with what its brokers hold. Thread-safe. */
public final class KafkaLag {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private KafkaLag() {}

    /**
     * The lag of every partition of the configured topics, in the order of topic and partition.
     *
     * @param committed how far each partition was read, with the records and bytes of all commits, by {@code
     *     topic-partition}
     * @throws UnavailableException if the brokers do not answer
     */
    public static List<PartitionLag> measure(
            KafkaConfig kafka, Map<String, SourcePosition> committed, InstantSource clock) {
        try (AdminClient admin = admin(kafka)) {
            Set<TopicPartition> partitions = new Topics(kafka).getSubscribedTopicPartitions(admin);
            Map<TopicPartition, Long> begin = offsets(admin, partitions, OffsetSpec.earliest());
            Map<TopicPartition, Long> end = offsets(admin, partitions, OffsetSpec.latest());
            List<PartitionLag> lags = new ArrayList<>();
            partitions.stream()
                    .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                    .forEach(partition -> lags.add(lag(
                            partition.toString(),
                            begin.get(partition),
                            end.get(partition),
                            Optional.ofNullable(committed.get(partition.toString())),
                            clock.millis())));
            return lags;
        } catch (ExecutionException e) {
            throw KafkaFailure.refusal(e.getCause()).orElseGet(() -> unavailable(kafka, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(kafka, e);
        }
    }

    static PartitionLag lag(
            String partition, long begin, long end, Optional<SourcePosition> committed, long nowMillis) {
        if (committed.isEmpty()) {
            boolean empty = end == begin;
            return new PartitionLag(
                    partition,
                    end - begin,
                    empty ? OptionalLong.of(0) : OptionalLong.empty(),
                    empty ? Optional.of(Duration.ZERO) : Optional.empty());
        }
        SourcePosition position = committed.get();
        long next = Math.max(begin, MessageOrigin.parse(position.at()).offset() + 1);
        long documents = Math.max(0, end - next);
        double bytesEach = position.records() == 0 ? 0 : (double) position.bytes() / position.records();
        Duration age =
                documents == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, nowMillis - position.timeMillis()));
        return new PartitionLag(
                partition, documents, OptionalLong.of(Math.round(documents * bytesEach)), Optional.of(age));
    }

    private static AdminClient admin(KafkaConfig kafka) {
        Properties client = new Properties();
        client.putAll(KafkaClient.properties(kafka));
        client.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        client.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        return AdminClient.create(client);
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                admin.listOffsets(wanted).all().get().entrySet()) {
            offsets.put(found.getKey(), found.getValue().offset());
        }
        return offsets;
    }

    private static UnavailableException unavailable(KafkaConfig kafka, Throwable cause) {
        return new UnavailableException(
                "the brokers do not say how far their topics go (" + cause.getMessage() + ")",
                kafka.brokers(),
                "See that they run",
                cause);
    }
}
