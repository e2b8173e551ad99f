package org.alluvium.flink.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;

/** A log in memory, with a place for another writer to act between a reader's look and its append. */
final class MemoryLog implements ShardLog {

    private final List<LogEntry> entries = new ArrayList<>();
    private Runnable beforeNextAppend = () -> {};

    /** Lets somebody else act right before the next append, once. */
    void interleave(Runnable action) {
        beforeNextAppend = action;
    }

    @Override
    public OptionalLong lastSequence() {
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.size() - 1L);
    }

    @Override
    public OptionalLong lastSequenceFrom(long first) {
        return first < entries.size() ? lastSequence() : OptionalLong.empty();
    }

    @Override
    public LogEntry read(long sequence) {
        return entries.get(Math.toIntExact(sequence));
    }

    @Override
    public Optional<LogEntry> find(long sequence) {
        return sequence < entries.size() ? Optional.of(read(sequence)) : Optional.empty();
    }

    @Override
    public List<LogEntry> readFrom(long sequence) {
        return List.copyOf(entries.subList(Math.toIntExact(sequence), entries.size()));
    }

    @Override
    public boolean tryAppend(LogEntry entry) {
        Runnable other = beforeNextAppend;
        beforeNextAppend = () -> {};
        other.run();
        if (entry.sequence() != entries.size()) {
            return false;
        }
        entries.add(entry);
        return true;
    }
}
