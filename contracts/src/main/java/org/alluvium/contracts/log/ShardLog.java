package org.alluvium.contracts.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The shard log: an ordered list of entries of which only the end can grow. Thread-safe; instances hold no state that
 * another process could make stale.
 */
public interface ShardLog {

    /** Sequence of the newest entry, or empty for an empty log. */
    OptionalLong lastSequence();

    /**
     * Sequence of the newest entry from the given one on, or empty if there is none. It costs what lies behind {@code first},
     * so for one who follows the log it costs the same however long the log is.
     */
    OptionalLong lastSequenceFrom(long first);

    /**
     * Reads one entry.
     *
     * @throws org.alluvium.contracts.error.DataException if it is missing below the last sequence, or cannot be parsed
     */
    LogEntry read(long sequence);

    /**
     * The entry, or empty if it is not there, without a look at the rest of the log: cheap enough to ask again and again
     * for the entry that comes next.
     *
     * @throws org.alluvium.contracts.error.DataException if it is damaged
     */
    Optional<LogEntry> find(long sequence);

    /**
     * Hands over all entries from the given sequence on that there are at the call, in order, without gaps, one at a time and
     * on the calling thread.
     */
    void forEachFrom(long sequence, Consumer<LogEntry> reader);

    /** The same as a list, of which a long log makes a large one. */
    default List<LogEntry> readFrom(long sequence) {
        List<LogEntry> entries = new ArrayList<>();
        forEachFrom(sequence, entries::add);
        return entries;
    }

    /**
     * Creates the entry at its own sequence number, durably, if nobody has yet.
     *
     * @return false if the sequence number is taken, in which case nothing has changed
     */
    boolean tryAppend(LogEntry entry);
}
