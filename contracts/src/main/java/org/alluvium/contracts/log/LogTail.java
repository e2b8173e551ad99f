package org.alluvium.contracts.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.ArrivalWatch;
import org.alluvium.contracts.store.FolderWatch;
import org.alluvium.contracts.store.PollWatch;

/**
 * Reads a shard log entry by entry and sleeps where it ends, until the next one appears. In a folder it is woken by
 * file-system events; in case an event is lost, or the file system sends none, it looks for the next entry's file every
 * {@link #SAFETY_NET} as well. An object store tells nobody, so there it asks for the next entry every {@link #POLL}. One
 * thread reads; any thread may close, which wakes the reader.
 */
public final class LogTail implements AutoCloseable {

    /** Time after which the next entry is looked for without an event. */
    public static final Duration SAFETY_NET = Duration.ofSeconds(2);

    /** Time after which an object store is asked for the next entry: one request, whose price sets this. */
    public static final Duration POLL = Duration.ofSeconds(1);

    /** Time after which an object store is asked whether it has lost an entry, which is by a listing. */
    private static final Duration REMOTE_GAPS = Duration.ofSeconds(30);

    /** A look for a gap lists names, which takes a second in a folder of millions: it may take a hundredth of the time. */
    private static final int REST_PER_LOOK = 100;

    private final ShardLog log;
    private final ArrivalWatch watch;
    private final Duration safetyNet;
    private final Duration gaps;
    private long next;
    private long lastLookBeyond;
    private long restAfterLook;

    /**
     * A tail of any log.
     *
     * @param watch on the place in which entries appear, begun before the first call of {@link #next}; the tail
     *     closes it
     * @param firstSequence first entry to read
     */
    public LogTail(ShardLog log, ArrivalWatch watch, long firstSequence) {
        this(log, watch, firstSequence, SAFETY_NET);
    }

    LogTail(ShardLog log, ArrivalWatch watch, long firstSequence, Duration safetyNet) {
        this(log, watch, firstSequence, safetyNet, safetyNet);
    }

    private LogTail(ShardLog log, ArrivalWatch watch, long firstSequence, Duration safetyNet, Duration gaps) {
        this.log = log;
        this.watch = watch;
        this.next = firstSequence;
        this.safetyNet = safetyNet;
        this.gaps = gaps;
        this.lastLookBeyond = System.nanoTime() - gaps.toNanos();
    }

    /** Tails the log of a corpus, which may not have an entry, or even a folder, yet. */
    public static LogTail open(CorpusLayout corpus, long firstSequence) {
        if (!corpus.isLocal()) {
            return new LogTail(StoreShardLog.of(corpus), new PollWatch(), firstSequence, POLL, REMOTE_GAPS);
        }
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
        long now = System.nanoTime();
        if (entry.isEmpty() && now - lastLookBeyond >= Math.max(gaps.toNanos(), restAfterLook)) {
            lastLookBeyond = now;
            refuseGap();
            restAfterLook = REST_PER_LOOK * (System.nanoTime() - now);
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
