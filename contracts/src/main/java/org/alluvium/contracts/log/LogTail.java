package org.alluvium.contracts.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.FolderWatch;

/**
 * Reads a shard log entry by entry and sleeps where it ends, until the next one appears. It is woken by file-system
 * events; in case an event is lost, or the file system sends none, it looks for the next entry's file every
 * {@link #SAFETY_NET} as well. One thread reads; any thread may close, which wakes the reader.
 */
public final class LogTail implements AutoCloseable {

    /** Time after which the next entry is looked for without an event. */
    public static final Duration SAFETY_NET = Duration.ofSeconds(2);

    private final ShardLog log;
    private final FolderWatch watch;
    private final Duration safetyNet;
    private long next;
    private long lastLookBeyond;

    /**
     * A tail of any log.
     *
     * @param watch on the folder in which entries appear, registered before the first call of {@link #next}; the tail
     *     closes it
     * @param firstSequence first entry to read
     */
    public LogTail(ShardLog log, FolderWatch watch, long firstSequence) {
        this(log, watch, firstSequence, SAFETY_NET);
    }

    LogTail(ShardLog log, FolderWatch watch, long firstSequence, Duration safetyNet) {
        this.log = log;
        this.watch = watch;
        this.next = firstSequence;
        this.safetyNet = safetyNet;
        this.lastLookBeyond = System.nanoTime() - safetyNet.toNanos();
    }

    /** Tails the log of a corpus on a local file system, which may not have an entry, or even a folder, yet. */
    public static LogTail open(CorpusLayout corpus, long firstSequence) {
        try {
            corpus.create();
            return new LogTail(StoreShardLog.of(corpus), FolderWatch.of(corpus.log()), firstSequence);
        } catch (IOException e) {
            throw StorageException.of("watch the shard log", corpus.log(), e);
        }
    }

    /** The sequence of the entry that comes next. */
    public long nextSequence() {
        return next;
    }

    /**
     * The next entry, waiting for it if needed.
     *
     * @param timeout longest wait; zero looks once
     * @return empty if the time has passed or the tail has been closed
     * @throws org.alluvium.contracts.error.DataException if it is damaged, or missing while later ones are there
     */
    public Optional<LogEntry> next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Optional<LogEntry> entry = look();
        boolean open = true;
        for (long left = timeout.toNanos(); entry.isEmpty() && open && left > 0; left = deadline - System.nanoTime()) {
            open = watch.await(Duration.ofNanos(Math.min(left, safetyNet.toNanos())));
            entry = look();
        }
        entry.ifPresent(found -> next++);
        return entry;
    }

    private Optional<LogEntry> look() {
        Optional<LogEntry> entry = log.find(next);
        if (entry.isEmpty() && System.nanoTime() - lastLookBeyond >= safetyNet.toNanos()) {
            lastLookBeyond = System.nanoTime();
            refuseGap();
        }
        return entry;
    }

    /** Waiting for an entry that has been lost would be for ever. */
    private void refuseGap() {
        if (log.lastSequenceFrom(next).isPresent()) {
            log.read(next); // throws, unless the entry has come meanwhile
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new IllegalStateException("the watch on the shard log does not close", e);
        }
    }
}
