package org.alluvium.flink.kafka;

import org.apache.kafka.common.TopicPartition;

/** Where a message is; written as {@code topic-partition@offset}. */
record MessageOrigin(String topic, int partition, long offset) {

    /**
     * What {@link #toString} says. A topic may have '-' in its name, and neither '@' nor anything that follows can.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static MessageOrigin parse(String origin) {
        int at = origin.lastIndexOf('@');
        int dash = origin.lastIndexOf('-', at);
        if (dash < 0) {
            throw new IllegalArgumentException("not topic-partition@offset: " + origin);
        }
        return new MessageOrigin(
                origin.substring(0, dash),
                Integer.parseInt(origin.substring(dash + 1, at)),
                Long.parseLong(origin.substring(at + 1)));
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + '-' + partition + '@' + offset;
    }
}
