package org.alluvium.dashboard.corpus;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.ProcessLock;

/** Everything that a corpus' log and events add up to. Thread-safe. */
public final class CorpusIndex {

    /** Commits that are kept; those before are read from the log when somebody asks. */
    private static final int MOST_COMMITS = 400;

    /** Entries that are read at once: a long log is read in turns, between which questions are answered. */
    private static final int TURN = 2_000;

    /** So much of the events' end is read; what counts in them is what was said last. */
    private static final long EVENT_BYTES = 8 << 20;

    private final CorpusLayout corpus;
    private final StoreShardLog log;
    private final EventReader events;

    // Guarded by this object's monitor.
    private long next;
    private Funnel funnel = Funnel.EMPTY;
    private long tokens;
    private long shards;
    private boolean endOfInput;
    private Optional<Freshness> freshness = Optional.empty();
    private final RecentCommits recent = new RecentCommits();
    private final Deque<Commits.Commit> commits = new ArrayDeque<>();
    private final Timeline timeline = new Timeline();
    private final MixtureHistory mixture = new MixtureHistory();
    private final ReasonEntries reasons = new ReasonEntries();
    private final Telling telling = new Telling();
    private final Map<String, Long> read = new TreeMap<>();
    private final Map<String, Long> accepted = new TreeMap<>();

    public CorpusIndex(CorpusLayout corpus) {
        this.corpus = corpus;
        log = StoreShardLog.of(corpus);
        events = EventReader.tail(corpus.events(), EVENT_BYTES);
    }

    /** The folder that is read. */
    public CorpusLayout corpus() {
        return corpus;
    }

    /** Reads what has been added since the last call. */
    public void readOn() {
        boolean more = true;
        while (more) {
            more = readTurn();
        }
    }

    /** Whether there may be more. */
    private synchronized boolean readTurn() {
        long end = next + TURN;
        Optional<LogEntry> entry = log.find(next);
        while (entry.isPresent()) {
            if (entry.get() instanceof LogEntry.Commit commit) {
                add(commit);
            }
            next++;
            entry = next < end ? log.find(next) : Optional.empty();
        }
        events.poll().forEach(telling::add);
        return next == end;
    }

    private void add(LogEntry.Commit commit) {
        Commits.Commit told = told(commit);
        funnel = funnel.plus(commit.funnel());
        tokens += told.tokens();
        shards += told.shards();
        endOfInput = commit.endOfInput();
        freshness = commit.freshness().or(() -> freshness);
        RecentCommits.count(commit, read);
        commit.shards()
                .forEach(shard -> shard.rowsPerSource().forEach((name, rows) -> accepted.merge(name, rows, Long::sum)));
        mixture.add(commit);
        reasons.add(commit);
        recent.add(commit);
        timeline.add(told);
        commits.addLast(told);
        if (commits.size() > MOST_COMMITS) {
            commits.removeFirst();
        }
    }

    private static Commits.Commit told(LogEntry.Commit commit) {
        List<ShardFile> files = commit.shards();
        return new Commits.Commit(
                commit.sequence(),
                commit.createdAt().toEpochMilli(),
                files.size(),
                files.stream().mapToLong(ShardFile::rows).sum(),
                files.stream().mapToLong(ShardFile::tokens).sum());
    }

    /** All of it. */
    public synchronized Flow flow(Instant now) {
        boolean running = ProcessLock.holder(corpus.lock()).isPresent();
        return new Flow(
                running,
                endOfInput,
                new Flow.Amount(0, funnel, read, tokens, shards),
                recent.amount(running ? now : recent.newest().orElse(now)),
                sources(),
                running ? telling.tasks(now) : List.of(),
                freshness);
    }

    private List<Flow.Source> sources() {
        List<Flow.Source> sources = new ArrayList<>();
        read.forEach((name, records) ->
                sources.add(new Flow.Source(name, records, accepted.getOrDefault(name, 0L), telling.backlog(name))));
        return sources;
    }

    /**
     * The newest commits up to and with an entry of the log, at most so many.
     *
     * @param upTo sequence of that entry; beyond the end, it is the end
     */
    public Commits commits(long upTo, int most) {
        Deque<Commits.Commit> found = new ArrayDeque<>();
        Timeline.Drawn all;
        long sequence;
        synchronized (this) {
            all = timeline.drawn();
            sequence = Math.min(upTo, next - 1);
            for (Commits.Commit commit : commits) {
                if (commit.sequence() <= upTo) {
                    found.addLast(commit);
                }
            }
        }
        if (!found.isEmpty()) {
            sequence = found.getFirst().sequence() - 1;
        }
        for (; found.size() < most && sequence >= 0; sequence--) {
            if (log.read(sequence) instanceof LogEntry.Commit commit) {
                found.addFirst(told(commit));
            }
        }
        return new Commits(found.stream().skip(Math.max(0, found.size() - most)).toList(), all);
    }

    /** Entries of the log that left something out for a reason: the newest of them, and then the first ones. */
    public synchronized List<Long> entriesWith(String reason) {
        return reasons.of(reason);
    }

    /** When the weights of the mixture changed; the newest times, oldest first. */
    public synchronized List<MixtureChange> mixtureChanges() {
        return mixture.changes();
    }

    /** What the ingest process warned of; the newest, oldest first. */
    public synchronized List<Event> alerts() {
        return telling.alerts();
    }

    /** Sequence of the entry that comes next: whatever is read of the corpus is the same for as long as this is. */
    public synchronized long position() {
        return next;
    }
}
