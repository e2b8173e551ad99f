package org.alluvium.flink.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;

/** A log in memory, with a place for another writer to act between a reader's look and its append. */
final class MemoryLog implements ShardLog {

    private final List<LogEntry> entries = new ArrayList<>();
    private int read;
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
    public void forEachFrom(long sequence, Consumer<LogEntry> reader) {
        for (LogEntry entry : List.copyOf(entries.subList(Math.toIntExact(sequence), entries.size()))) {
            read++;
            reader.accept(entry);
        }
    }

    /** Entries that were handed over to whoever reads from some entry on. */
    int read() {
        return read;
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
