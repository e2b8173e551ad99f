package org.alluvium.gateway.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** How many records of one topic a consumer group has yet to read. Thread-safe, as far as the client is. */
final class ConsumerLag {

    private final Admin admin;
    private final String topic;
    private final String group;

    ConsumerLag(Admin admin, String topic, String group) {
        this.admin = admin;
        this.topic = topic;
        this.group = group;
    }

    /**
     * Asks the brokers.
     *
     * @throws ExecutionException if they cannot tell
     */
    long measure() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        for (TopicPartitionInfo partition : admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()) {
            TopicPartition key = new TopicPartition(topic, partition.partition());
            first.put(key, OffsetSpec.earliest());
            last.put(key, OffsetSpec.latest());
        }
        return lag(
                admin.listOffsets(first).all().get(),
                admin.listOffsets(last).all().get(),
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get());
    }

    /** A group that has not committed anything yet has everything before it. */
    static long lag(
            Map<TopicPartition, ListOffsetsResultInfo> firsts,
            Map<TopicPartition, ListOffsetsResultInfo> lasts,
            Map<TopicPartition, OffsetAndMetadata> committed) {
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> last : lasts.entrySet()) {
            OffsetAndMetadata commit = committed.get(last.getKey());
            long next = Math.max(firsts.get(last.getKey()).offset(), commit == null ? 0 : commit.offset());
            lag += Math.max(0, last.getValue().offset() - next);
        }
        return lag;
    }
}
