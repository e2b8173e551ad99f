package org.alluvium.contracts.takedown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.LogEntry.Rewrite;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardFile;

/**
 * All takedowns and rewrites of a log up to one of its entries. Immutable; reading costs as many entries as there are
 * takedowns and rewrites, however long the log is, since each entry says where the newest before it stands.
 */
public final class Takedowns {

    /** Of a log without any. */
    public static final Takedowns NONE = new Takedowns(List.of(), List.of());

    private final List<Takedown> takedowns;
    private final List<Rewrite> rewrites;
    private final Map<String, ShardFile> shards = new HashMap<>();
    private final Map<String, RecordFile> records = new HashMap<>();
    private final TakenOut out;

    private Takedowns(List<Takedown> takedowns, List<Rewrite> rewrites) {
        this.takedowns = List.copyOf(takedowns);
        this.rewrites = List.copyOf(rewrites);
        for (Rewrite rewrite : rewrites) {
            shards.putAll(rewrite.shards());
            records.putAll(rewrite.records());
        }
        this.out = TakenOut.of(takedowns);
    }

    /** Those up to an entry, with it. */
    public static Takedowns through(ShardLog log, LogEntry end) {
        Deque<LogEntry> found = new ArrayDeque<>();
        OptionalLong link = History.after(end).takedown();
        while (link.isPresent()) {
            LogEntry entry = link.getAsLong() == end.sequence() ? end : log.read(link.getAsLong());
            found.addFirst(entry);
            link = entry.history().takedown();
        }
        Takedowns all = NONE;
        for (LogEntry entry : found) {
            all = all.and(entry);
        }
        return all;
    }

    /** These and, if it is one, a later entry. */
    public Takedowns and(LogEntry entry) {
        if (entry instanceof Takedown takedown) {
            return new Takedowns(with(takedowns, takedown), rewrites);
        }
        return entry instanceof Rewrite rewrite ? new Takedowns(takedowns, with(rewrites, rewrite)) : this;
    }

    private static <T> List<T> with(List<T> before, T next) {
        List<T> all = new ArrayList<>(before);
        all.add(next);
        return all;
    }

    /** Takedowns in the order of the log. */
    public List<Takedown> all() {
        return takedowns;
    }

    /** Sequence of the newest takedown; -1 if there is none. */
    public long newestTakedown() {
        return takedowns.isEmpty() ? -1 : takedowns.get(takedowns.size() - 1).sequence();
    }

    /** Takedowns after an entry, in the order of the log. */
    public List<Takedown> after(long sequence) {
        return takedowns.stream()
                .filter(takedown -> takedown.sequence() > sequence)
                .toList();
    }

    /** Takedowns whose documents may still be in files. */
    public List<Takedown> notCarriedOut() {
        return after(rewrites.stream().mapToLong(Rewrite::through).max().orElse(-1));
    }

    /** Rewrites in the order of the log. */
    public List<Rewrite> rewrites() {
        return rewrites;
    }

    /** What is out of the corpus. */
    public TakenOut out() {
        return out;
    }

    /** The file that has taken a shard's place; the shard itself if none has. */
    public ShardFile current(ShardFile named) {
        ShardFile current = named;
        while (shards.containsKey(current.path())) {
            current = shards.get(current.path());
        }
        return current;
    }

    /** The file that has taken the place of dead letters, rejects or changes; the file itself if none has. */
    public RecordFile current(RecordFile named) {
        RecordFile current = named;
        while (records.containsKey(current.path())) {
            current = records.get(current.path());
        }
        return current;
    }
}
