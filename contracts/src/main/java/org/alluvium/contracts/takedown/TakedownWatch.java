package org.alluvium.contracts.takedown;

import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;

/**
 * Knows the takedowns of a log whenever it is asked. The first look finds the end of the log; each later one reads the entries
 * that have come since. Thread-safe.
 */
public final class TakedownWatch {

    private final ShardLog log;
    private long next;
    private Takedowns takedowns = Takedowns.NONE;

    public TakedownWatch(ShardLog log) {
        this.log = log;
    }

    /** All that the log has now. */
    public synchronized Takedowns look() {
        if (next == 0) {
            OptionalLong last = log.lastSequence();
            if (last.isPresent()) {
                takedowns = Takedowns.through(log, log.read(last.getAsLong()));
                next = last.getAsLong() + 1;
            }
        }
        for (Optional<LogEntry> entry = log.find(next); entry.isPresent(); entry = log.find(next)) {
            takedowns = takedowns.and(entry.get());
            next++;
        }
        return takedowns;
    }
}
