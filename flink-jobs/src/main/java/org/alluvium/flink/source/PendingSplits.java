package org.alluvium.flink.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The splits that no reader has, the smallest sequence first, source by source. Not thread-safe. */
final class PendingSplits {

    private static final Backlog NONE = new Backlog(0, 0, 0);

    private final Map<String, TreeMap<Long, FileSplit>> queues = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();

    /**
     * What of a source is waiting to be read.
     *
     * @param splits how many splits
     * @param bytes their length, compressed as they are, without what has been read of them
     * @param oldestMillis when the file that is next was last changed, in milliseconds since the epoch; 0 if there is none
     */
    record Backlog(int splits, long bytes, long oldestMillis) {}

    void add(FileSplit split) {
        String source = split.file().source();
        FileSplit before =
                queues.computeIfAbsent(source, unused -> new TreeMap<>()).put(split.sequence(), split);
        bytes.merge(source, split.unreadBytes() - (before == null ? 0 : before.unreadBytes()), Long::sum);
    }

    /** Takes the split with the smallest sequence of all sources but the given. */
    Optional<FileSplit> poll(Set<String> except) {
        Optional<FileSplit> first = queues.entrySet().stream()
                .filter(queue -> !except.contains(queue.getKey()))
                .map(queue -> queue.getValue().firstEntry().getValue())
                .min(Comparator.comparingLong(FileSplit::sequence));
        first.ifPresent(this::remove);
        return first;
    }

    private void remove(FileSplit split) {
        String source = split.file().source();
        bytes.merge(source, -split.unreadBytes(), Long::sum);
        TreeMap<Long, FileSplit> queue = queues.get(source);
        queue.remove(split.sequence());
        if (queue.isEmpty()) {
            queues.remove(source);
            bytes.remove(source);
        }
    }

    int size() {
        return queues.values().stream().mapToInt(Map::size).sum();
    }

    Backlog backlog(String source) {
        TreeMap<Long, FileSplit> queue = queues.get(source);
        return queue == null
                ? NONE
                : new Backlog(
                        queue.size(),
                        bytes.get(source),
                        queue.firstEntry().getValue().file().modifiedMillis());
    }

    /** All of them by sequence. */
    List<FileSplit> all() {
        List<FileSplit> all = new ArrayList<>();
        queues.values().stream().map(Map::values).forEach((Collection<FileSplit> splits) -> all.addAll(splits));
        all.sort(Comparator.comparingLong(FileSplit::sequence));
        return all;
    }
}
