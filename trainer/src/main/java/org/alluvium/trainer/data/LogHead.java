package org.alluvium.trainer.data;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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

    private void follow() {
        try {
            while (!closed) {
                Optional<LogEntry> entry = log.next(LOOK);
                if (entry.orElse(null) instanceof LogEntry.Takedown taken) {
                    takedown = taken.sequence();
                }
                if (entry.filter(families::reads).orElse(null) instanceof LogEntry.Commit commit) {
                    tokens.addAndGet(commit.shards().stream()
                            .mapToLong(ShardFile::tokens)
                            .sum());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does, but if so it means to end
        } catch (AlluviumException e) {
            LOG.warn("The lag is not known any more: {}", e.getMessage());
        }
    }
}
