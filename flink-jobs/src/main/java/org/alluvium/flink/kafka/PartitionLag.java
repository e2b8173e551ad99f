package org.alluvium.flink.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the corpus is behind one partition.
 *
 * @param partition {@code topic-partition}
 * @param documents messages that are not committed to the corpus yet; a little too many where producers write transactions
 *     or the broker compacts, since those leave gaps in the offsets
 * @param bytes their length, if they are as long as those before; absent while nothing of the partition is committed
 * @param age how old the newest committed message is; zero if nothing is behind, absent while nothing is committed
 */
public record PartitionLag(String partition, long documents, OptionalLong bytes, Optional<Duration> age) {}
