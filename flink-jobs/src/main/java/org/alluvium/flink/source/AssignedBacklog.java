package org.alluvium.flink.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.flink.metric.IngestMetrics;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a reader has been given and not finished, as gauges of each source that add up with those of {@link
 * FilesEnumerator}. A split counts as a whole until it is finished. The reader's thread writes, metric reporters read.
 */
final class AssignedBacklog {

    private final Map<String, AtomicLong> splits = new HashMap<>();
    private final Map<String, AtomicLong> bytes = new HashMap<>();

    AssignedBacklog(Set<String> sources, MetricGroup group) {
        sources.forEach(source -> {
            AtomicLong ofSplits = new AtomicLong();
            AtomicLong ofBytes = new AtomicLong();
            splits.put(source, ofSplits);
            bytes.put(source, ofBytes);
            IngestMetrics.tell(group, IngestMetrics.PENDING_SPLITS, ofSplits::get, source);
            IngestMetrics.tell(group, IngestMetrics.PENDING_BYTES, ofBytes::get, source);
        });
    }

    void add(FileSplit split) {
        count(split, 1);
    }

    /** @param split as it was added, however far it has been read since */
    void remove(FileSplit split) {
        count(split, -1);
    }

    private void count(FileSplit split, int sign) {
        String source = split.file().source();
        splits.get(source).addAndGet(sign);
        bytes.get(source).addAndGet(sign * split.unreadBytes());
    }
}
