package org.alluvium.cli.chaos.proof;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.shard.ShardFile;

/** Looks at a corpus and a run again and again, on a thread of its own, and wakes who waits for something there. Thread-safe. */
public final class Observer implements AutoCloseable {

    /** Only files tell what other processes have done. */
    private static final long LOOK_MILLIS = 100;

    private final CorpusView corpus;
    private final JournalView journal;
    private final Thread thread;
    private Seen seen = new Seen(0, 0, 0, 0, System.nanoTime());
    private RuntimeException failure;
    private boolean closed;

    /**
     * What has been seen so far.
     *
     * @param commits with rows in them
     * @param rows in shards
     * @param step the journal's last
     * @param learned documents of which a step has learned something
     * @param atNanos when it was so for the first time, by {@link System#nanoTime}
     */
    public record Seen(long commits, long rows, long step, long learned, long atNanos) {}

    public Observer(CorpusLayout corpus, RunLayout run) {
        this.corpus = new CorpusView(corpus);
        this.journal = new JournalView(run.journal());
        this.thread = Thread.ofPlatform().name("observer").daemon().start(this::watch);
    }

    private synchronized void watch() {
        try {
            for (boolean last = false; !last; ) {
                last = closed; // what has come before it was closed is seen
                look();
                if (!closed) {
                    wait(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
            notifyAll();
        }
    }

    /** Looks now, without waiting for the next time. */
    public synchronized Observer look() {
        long entries = corpus.entries();
        boolean rows = corpus.look();
        boolean lines = journal.look();
        if (corpus.entries() > entries || lines) {
            seen = new Seen(
                    seen.commits() + (rows ? 1 : 0),
                    corpus.rows().size(),
                    journal.step(),
                    journal.pieces().size(),
                    System.nanoTime());
            notifyAll();
        }
        return this;
    }

    /** What has been seen so far. */
    public synchronized Seen seen() {
        return seen;
    }

    /** Waits for something to be seen; empty if it is not within the time. */
    public synchronized Optional<Seen> await(Predicate<Seen> condition, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.test(seen)) {
            if (failure != null) {
                throw failure;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return Optional.empty();
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return Optional.of(seen);
    }

    /** The shard that was published last. */
    public synchronized Optional<ShardFile> newestShard() {
        return corpus.newest();
    }

    /** Of the given documents, those that are in the journal in full. */
    public synchronized Set<String> learned(Predicate<String> counts) {
        return corpus.rows().stream()
                .filter(row -> counts.test(row.id()))
                .filter(row -> Learned.isWhole(row, journal.pieces().getOrDefault(row.id(), List.of())))
                .map(CorpusView.Row::id)
                .collect(Collectors.toSet());
    }

    /** Sequence of the newest takedown in the log; -1 if there is none. */
    public synchronized long takedown() {
        return corpus.takedowns().keySet().stream()
                .reduce((one, later) -> later)
                .orElse(-1L);
    }

    /** Ids of the documents that were taken down. */
    public synchronized Set<String> taken() {
        return corpus.takedowns().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** The document that was learned from for the first time last. */
    public synchronized Optional<String> newestLearned() {
        return journal.pieces().keySet().stream().reduce((one, later) -> later);
    }

    /** The first step that counts and has learned from one of the documents. */
    public synchronized OptionalLong firstStep(List<String> ids) {
        return journal.firstStep(ids);
    }

    /** The takedown for which the run was made to go back last; -1 if it was not. */
    public synchronized long wentBackFor() {
        return journal.wentBackFor();
    }

    /** Rows as they are now; all are read again. */
    synchronized List<CorpusView.Row> rows() {
        return corpus.current();
    }

    synchronized Withdrawals withdrawals() {
        return new Withdrawals(corpus.takedowns(), journal.knowing(), journal.again(), corpus.leftOver());
    }

    synchronized Map<String, List<JournalView.Piece>> pieces() {
        return Map.copyOf(journal.pieces());
    }

    /** What became of all records. */
    public synchronized Funnel funnel() {
        return corpus.funnel();
    }

    /** Entries of the log, and fences among them. */
    public synchronized List<Long> entries() {
        return List.of(corpus.entries(), corpus.fences());
    }

    /** Ends; what was seen stays. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
