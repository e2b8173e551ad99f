package org.alluvium.trainer.data;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the end of the shard log, to know how far behind training is, and whether something was taken down. It opens no shard and decides nothing. Any thread may
 * ask.
 */
public final class LogHead implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(10);

    /** Time after which a log that could not be read is read again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LogHead.class);

    private final LogTail log;
    private final FamilyReading families;
    private final AtomicLong tokens = new AtomicLong();
    private volatile long takedown = -1;
    private volatile boolean closed;

    private LogHead(LogTail log, FamilyReading families) {
        this.log = log;
        this.families = families;
    }

    /** Follows a corpus, counting from an entry on what is selected of it. */
    public static LogHead follow(CorpusLayout corpus, long firstSequence, Selection selection) {
        LogTail log = LogTail.open(corpus, firstSequence);
        LogHead head = new LogHead(log, FamilyReading.from(StoreShardLog.of(corpus), firstSequence, selection));
        Thread.ofPlatform().name("log-head").daemon().start(head::follow);
        return head;
    }

    /** Tokens of all shards that the log names and the run reads, from the first entry on; 0 until the first was read. */
    public long tokens() {
        return tokens.get();
    }

    /** Sequence of the newest takedown that was seen; -1 if there was none. */
    public long takedown() {
        return takedown;
    }

    @Override
    public void close() {
        closed = true;
        log.close(); // wakes the thread, which must not be interrupted within a read
    }

    /** A log that cannot be read now is asked again: a takedown must not go unheard because storage was away for a while. */
    private void follow() {
        boolean known = true;
        while (!closed) {
            try {
                take(log.next(LOOK));
                known = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does, but if so it means to end
                return;
            } catch (AlluviumException e) {
                if (known) {
                    LOG.warn("The end of the log is not known until it can be read again: {}", e.getMessage());
                }
                known = false;
                LockSupport.parkNanos(AGAIN.toNanos()); // storage that is away tells nobody when it is back
            }
        }
    }

    private void take(Optional<LogEntry> entry) {
        if (entry.orElse(null) instanceof LogEntry.Takedown taken) {
            takedown = taken.sequence();
        }
        if (entry.filter(families::reads).orElse(null) instanceof LogEntry.Commit commit) {
            tokens.addAndGet(
                    commit.shards().stream().mapToLong(ShardFile::tokens).sum());
        }
    }
}
