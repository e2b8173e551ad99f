package org.alluvium.dashboard.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
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
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.ProcessLock;

/** Everything that a corpus' log and events add up to. Thread-safe. */
public final class CorpusIndex {

    /** Length of time over which rates are measured. */
    private static final Duration RECENT = Duration.ofSeconds(60);

    private static final int MOST_COMMITS = 400;

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
    private final Deque<LogEntry.Commit> recent = new ArrayDeque<>();
    private final Deque<Flow.Commit> commits = new ArrayDeque<>();
    private final MixtureHistory mixture = new MixtureHistory();
    private final Map<String, Long> read = new TreeMap<>();
    private final Map<String, Long> accepted = new TreeMap<>();
    private final Map<String, Flow.Backlog> backlogs = new LinkedHashMap<>();

    public CorpusIndex(CorpusLayout corpus) {
        this.corpus = corpus;
        log = StoreShardLog.of(corpus);
        events = new EventReader(corpus.events(), 0);
    }

    /** The folder that is read. */
    public CorpusLayout corpus() {
        return corpus;
    }

    /** Reads what has been added since the last call. */
    public synchronized void readOn() {
        Optional<LogEntry> entry = log.find(next);
        while (entry.isPresent()) {
            if (entry.get() instanceof LogEntry.Commit commit) {
                add(commit);
            }
            next++;
            entry = log.find(next);
        }
        events.poll().forEach(this::add);
    }

    private void add(LogEntry.Commit commit) {
        long commitTokens =
                commit.shards().stream().mapToLong(ShardFile::tokens).sum();
        funnel = funnel.plus(commit.funnel());
        tokens += commitTokens;
        shards += commit.shards().size();
        endOfInput = commit.endOfInput();
        freshness = commit.freshness().or(() -> freshness);
        commit.sourcePositions().forEach((place, position) -> count(place, position));
        commit.shards()
                .forEach(shard -> shard.rowsPerSource().forEach((name, rows) -> accepted.merge(name, rows, Long::sum)));
        mixture.add(commit);
        recent.addLast(commit);
        Instant since = commit.createdAt().minus(RECENT);
        while (recent.getFirst().createdAt().isBefore(since)) {
            recent.removeFirst();
        }
        commits.addLast(new Flow.Commit(
                commit.sequence(),
                commit.createdAt().toString(),
                commit.shards().size(),
                commit.shards().stream().mapToLong(ShardFile::rows).sum(),
                commitTokens));
        if (commits.size() > MOST_COMMITS) {
            commits.removeFirst();
        }
    }

    /** A place is {@code source}, {@code source:partition} or one of these with {@code @subtask}. */
    private void count(String place, SourcePosition position) {
        read.merge(place.split("[:@]", 2)[0], position.records(), Long::sum);
    }

    /** The gauges of a source of files; those of a topic say nothing of files. */
    private void add(Event event) {
        if (event.type().equals("lag") && event.fields().containsKey("pendingSplits")) {
            backlogs.put(
                    event.text("source"),
                    new Flow.Backlog(
                            Math.round(event.number("pendingSplits", 0)),
                            Math.round(event.number("pendingBytes", 0)),
                            Math.round(event.number("oldestPendingMillis", 0)),
                            event.number("paused", 0) > 0));
        }
    }

    /** All of it, as of now. */
    public synchronized Flow flow() {
        return new Flow(
                ProcessLock.holder(corpus.lock()).isPresent(),
                endOfInput,
                funnel,
                tokens,
                shards,
                sources(),
                rates(),
                freshness,
                List.copyOf(commits));
    }

    /** When the weights of the mixture changed; the newest times, oldest first. */
    public synchronized List<MixtureChange> mixtureChanges() {
        return mixture.changes();
    }

    private List<Flow.Source> sources() {
        List<Flow.Source> sources = new ArrayList<>();
        read.forEach((name, records) -> sources.add(new Flow.Source(
                name, records, accepted.getOrDefault(name, 0L), Optional.ofNullable(backlogs.get(name)))));
        return sources;
    }

    /** Over the last minute before the newest commit, or since the first one if that is less. */
    private Flow.Rates rates() {
        if (recent.size() < 2) {
            return new Flow.Rates(0, 0);
        }
        Duration window =
                Duration.between(recent.getFirst().createdAt(), recent.getLast().createdAt());
        double seconds = Math.max(1e-3, window.toMillis() / 1e3);
        long records = 0;
        long newTokens = 0;
        for (LogEntry.Commit commit : recent) {
            boolean first = commit.sequence() == recent.getFirst().sequence(); // what it brought came before
            records += first ? 0 : commit.funnel().read();
            newTokens += first
                    ? 0
                    : commit.shards().stream().mapToLong(ShardFile::tokens).sum();
        }
        return new Flow.Rates(records / seconds, newTokens / seconds);
    }

    /** Sequence of the entry that comes next: whatever is read of the corpus is the same for as long as this is. */
    public synchronized long position() {
        return next;
    }
}
