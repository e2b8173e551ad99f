package org.alluvium.bench.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.takedown.Takedowns;

/** A shard log as it is in one state. Immutable: appending makes another. */
final class Log implements ShardLog {

    static final Log EMPTY = new Log(List.of());

    private final List<LogEntry> entries;
    private final int hash;
    private Takedowns takedowns;

    private Log(List<LogEntry> entries) {
        this.entries = entries;
        this.hash = entries.hashCode();
    }

    List<LogEntry> entries() {
        return entries;
    }

    /** Sequence of the newest entry; -1 if there is none. */
    long last() {
        return entries.size() - 1L;
    }

    Optional<LogEntry> newest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** This and one entry, which may take another's place if creation is not exclusive. */
    Log with(LogEntry entry) {
        List<LogEntry> more = new ArrayList<>(entries);
        if (entry.sequence() < entries.size()) {
            more.set(Math.toIntExact(entry.sequence()), entry);
        } else {
            more.add(entry);
        }
        return new Log(List.copyOf(more));
    }

    List<LogEntry.Commit> commits() {
        return entries.stream()
                .filter(LogEntry.Commit.class::isInstance)
                .map(LogEntry.Commit.class::cast)
                .toList();
    }

    /** All takedowns and rewrites. */
    Takedowns takedowns() {
        if (takedowns == null) {
            takedowns = takedownsThrough(last());
        }
        return takedowns;
    }

    /** Those up to an entry, with it. */
    Takedowns takedownsThrough(long sequence) {
        return sequence < 0 ? Takedowns.NONE : Takedowns.through(this, read(sequence));
    }

    @Override
    public OptionalLong lastSequence() {
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(last());
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
        entries.subList(Math.toIntExact(sequence), entries.size()).forEach(reader);
    }

    @Override
    public boolean tryAppend(LogEntry entry) {
        throw new UnsupportedOperationException("a state does not change; see with()");
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Log log && hash == log.hash && entries.equals(log.entries));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return entries.stream().map(Words::of).toList().toString();
    }
}
