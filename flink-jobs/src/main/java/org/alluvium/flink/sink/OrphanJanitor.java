package org.alluvium.flink.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.StoredObject;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.flink.takedown.Cleaner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what crashed attempts have left: uploads that were not completed, and files in {@code shards/}, {@code dead-letters/}, {@code rejects/} and {@code
 * changes/} that no log entry names. A file goes only if all of this holds:
 *
 * <ul>
 *   <li>it was last changed before this attempt began, so no writer of this attempt has it in hand;
 *   <li>that was longer ago than the grace time, which covers an attempt that has been replaced and does not know it;
 *   <li>the look before, a grace time ago or more, found it to be no different;
 *   <li>the committer does not hold it back for an entry to come;
 *   <li>no entry names it, read after all that was established;
 *   <li>it is not one that was written again while a takedown is open: a sweep writes such files for as long as it takes, and names
 *       them last. Once its takedown is carried out it names no others;
 *   <li>no newer attempt has fenced this one off, which may hold what this one does not know of.
 * </ul>
 *
 * <p>Ages are told by the clock of the store, which in an object store is not this machine's, and clocks of the day are set: one
 * that is ahead would make everything old, files that are being written among them. The look before cannot be wrong: what
 * passes between two looks is measured by a clock that nobody sets.
 *
 * <p>Names are kept by their digests; two that agree would keep an orphan, and delete nothing.
 *
 * <p>A writer may begin a file some moments before the committer marks the beginning of the attempt. Such a file is safe as
 * long as the grace time is longer than a checkpoint can take, including those that may fail.
 */
final class OrphanJanitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanJanitor.class);
    private static final Duration SHORTEST_PERIOD = Duration.ofMinutes(1);
    private static final int NAMES_AT_ONCE = 1 << 16;

    private static final List<String> PREFIXES = List.of(
            CorpusLayout.SHARDS_PREFIX,
            CorpusLayout.DEAD_LETTERS_PREFIX,
            CorpusLayout.REJECTS_PREFIX,
            CorpusLayout.CHANGES_PREFIX);

    private final ObjectStore corpus;
    private final ShardLog log;
    private final Duration grace;
    private final Supplier<Set<String>> pendingPaths;
    private final InstantSource clock;
    private final Instant attemptBegan;
    private final long epoch;
    private final NameDigests named = new NameDigests();
    private Set<String> suspectsBefore = Set.of();
    private Instant newestBefore = Instant.MIN;
    private long next;
    private long newestEpoch;
    private Takedowns takedowns = Takedowns.NONE;
    private final ScheduledExecutorService thread;

    /** @param epoch of the attempt */
    OrphanJanitor(
            ObjectStore corpus,
            ShardLog log,
            Duration grace,
            long epoch,
            Supplier<Set<String>> pendingPaths,
            InstantSource clock) {
        this.epoch = epoch;
        this.corpus = corpus;
        this.log = log;
        this.grace = grace;
        this.pendingPaths = pendingPaths;
        this.clock = clock;
        this.attemptBegan = clock.instant();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread janitor = new Thread(task, "orphan-janitor");
            janitor.setDaemon(true);
            return janitor;
        });
    }

    /** Cleans at once and then as often as files can come of age, on a thread of its own. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task sees to its own errors
    static OrphanJanitor start(
            ObjectStore corpus, ShardLog log, Duration grace, long epoch, Supplier<Set<String>> pendingPaths) {
        OrphanJanitor janitor = new OrphanJanitor(corpus, log, grace, epoch, pendingPaths, WallClock.ofThisProcess());
        long period = Math.max(grace.toMillis(), SHORTEST_PERIOD.toMillis());
        janitor.thread.scheduleWithFixedDelay(janitor::cleanOrWarn, 0, period, TimeUnit.MILLISECONDS);
        return janitor;
    }

    /** Leftovers cost space and nothing else, so failing to remove them must not stop the job. */
    private void cleanOrWarn() {
        try {
            clean();
        } catch (IOException | UncheckedIOException | AlluviumException e) {
            LOG.warn("Files that no log entry names could not be removed; the next attempt is in {}", grace, e);
        }
    }

    /**
     * Looks once; a grace time must lie between two looks.
     *
     * @return what was deleted, as the log would have named it
     */
    List<String> clean() throws IOException {
        Instant graceBegan = clock.instant().minus(grace);
        Instant old = graceBegan.isBefore(attemptBegan) ? graceBegan : attemptBegan;
        Instant oldUpload = newestBefore.isBefore(old) ? newestBefore : old;
        Set<String> suspects = new TreeSet<>();
        for (String prefix : PREFIXES) {
            corpus.sweep(prefix, oldUpload);
            for (StoredObject object : corpus.describe(prefix)) {
                newestBefore = object.changed().isAfter(newestBefore) ? object.changed() : newestBefore;
                if (object.changed().isBefore(old)) {
                    suspects.add(object.key());
                }
            }
        }
        suspects.removeAll(pendingPaths.get());
        if (!suspects.isEmpty()) {
            readOn();
            suspects.removeIf(named::contains);
            if (!takedowns.notCarriedOut().isEmpty()) {
                suspects.removeIf(Cleaner::isWrittenAgain);
            }
            if (newestEpoch > epoch) {
                suspects.clear();
            }
        }
        Set<String> orphans = new TreeSet<>(suspects);
        orphans.retainAll(suspectsBefore);
        suspects.removeAll(orphans);
        suspectsBefore = suspects;
        for (String orphan : orphans) {
            corpus.delete(orphan);
        }
        List<String> deleted = List.copyOf(orphans);
        if (!deleted.isEmpty()) {
            LOG.info("Deleted {} files that no log entry names, left by interrupted attempts", deleted.size());
        }
        return deleted;
    }

    /** What was named once is named for ever, so only entries are read that came since the last look. */
    private void readOn() {
        List<String> names = new ArrayList<>();
        log.forEachFrom(next, entry -> {
            named(entry).forEach(names::add);
            takedowns = takedowns.and(entry);
            newestEpoch = entry.writerEpoch();
            next = entry.sequence() + 1;
            if (names.size() >= NAMES_AT_ONCE) {
                named.add(names);
                names.clear();
            }
        });
        named.add(names);
    }

    private static Stream<String> named(LogEntry entry) {
        if (entry instanceof LogEntry.Rewrite rewrite) {
            return Stream.concat(
                    rewrite.shards().values().stream().map(ShardFile::path),
                    rewrite.records().values().stream().map(RecordFile::path));
        }
        if (!(entry instanceof LogEntry.Commit commit)) {
            return Stream.empty();
        }
        return Stream.concat(
                commit.shards().stream().map(ShardFile::path),
                Stream.of(commit.deadLetters(), commit.rejects(), commit.changes())
                        .flatMap(List::stream)
                        .map(RecordFile::path));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
