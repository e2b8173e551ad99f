package org.alluvium.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.shard.ShardFile;

/** What the entries of a shard log, and the events beside it, add up to. Fed in their order; not thread-safe. */
public final class IngestProgress {

    /** Length of time over which the rate of documents is measured. */
    static final Duration RATE_WINDOW = Duration.ofSeconds(20);

    private final Deque<LogEntry.Commit> recent = new ArrayDeque<>();
    private final Map<String, SourcePosition> positions = new TreeMap<>();
    private final Map<String, Backlog> backlogs = new TreeMap<>();
    private Funnel funnel = Funnel.EMPTY;
    private long commits;
    private long shards;
    private long tokens;
    private long shardBytes;
    private boolean endOfInput;
    private Optional<Instant> firstCommit = Optional.empty();
    private Optional<Instant> lastEvent = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<Instant> lastCommit = Optional.empty();
    private Optional<Freshness> freshness = Optional.empty();

    /**
     * What ingest has found in a folder and not begun to read.
     *
     * @param splits files, or parts of large ones
     * @param bytes their size, compressed as they are
     * @param oldestMillis when the next of them was last changed, in milliseconds since the epoch
     */
    record Backlog(long splits, long bytes, long oldestMillis) {}

    /** Takes the next entry. */
    public void add(LogEntry entry) {
        switch (entry) {
            case LogEntry.Fence fence -> endOfInput = false;
            case LogEntry.Commit commit -> add(commit);
            case LogEntry.Takedown _, LogEntry.Rewrite _ -> {
                // They bring nothing, and say nothing of the writer.
            }
        }
    }

    /** Takes the next event of the ingest process. What it committed is counted from the log alone. */
    public void add(Event event) {
        lastEvent = Optional.of(event.time());
        switch (event.type()) {
            case "start" -> error = Optional.empty();
            case "error" -> error = Optional.of(event.text("message"));
            case "lag" -> lag(event);
            default -> {
                // Of interest to other readers.
            }
        }
    }

    /** The gauges of a source; those of a topic say nothing of files. */
    private void lag(Event event) {
        if (event.fields().containsKey("pendingSplits")) {
            backlogs.put(
                    event.text("source"),
                    new Backlog(
                            Math.round(event.number("pendingSplits", 0)),
                            Math.round(event.number("pendingBytes", 0)),
                            Math.round(event.number("oldestPendingMillis", 0))));
        }
    }

    private void add(LogEntry.Commit commit) {
        commit.sourcePositions().forEach((place, position) -> positions.merge(place, position, SourcePosition::then));
        funnel = funnel.plus(commit.funnel());
        commits++;
        shards += commit.shards().size();
        tokens += commit.shards().stream().mapToLong(ShardFile::tokens).sum();
        shardBytes += commit.shards().stream().mapToLong(ShardFile::bytes).sum();
        endOfInput = commit.endOfInput();
        firstCommit = firstCommit.or(() -> Optional.of(commit.createdAt()));
        lastCommit = Optional.of(commit.createdAt());
        freshness = commit.freshness().or(() -> freshness);
        recent.addLast(commit);
        while (recent.getFirst().createdAt().isBefore(commit.createdAt().minus(RATE_WINDOW))) {
            recent.removeFirst();
        }
    }

    /** Documents read a second, over the last {@link #RATE_WINDOW} or since the first commit if that is shorter. */
    public double documentsPerSecond(Instant now) {
        Instant from = now.minus(RATE_WINDOW);
        long read = recent.stream()
                .filter(commit -> commit.createdAt().isAfter(from))
                .mapToLong(commit -> commit.funnel().read())
                .sum();
        Duration since = firstCommit.map(first -> Duration.between(first, now)).orElse(RATE_WINDOW);
        Duration window = since.compareTo(RATE_WINDOW) < 0 ? since : RATE_WINDOW;
        return read == 0 ? 0 : read / Math.max(1.0, window.toMillis() / 1000.0);
    }

    /** What became of all records that were read. */
    public Funnel funnel() {
        return funnel;
    }

    public long commits() {
        return commits;
    }

    public long shards() {
        return shards;
    }

    public long tokens() {
        return tokens;
    }

    /** Size of all shards. */
    public long shardBytes() {
        return shardBytes;
    }

    /** Whether the newest commit said that nothing will follow. */
    public boolean endOfInput() {
        return endOfInput;
    }

    public Optional<Instant> lastCommit() {
        return lastCommit;
    }

    /** How far each source, or partition of it, has been read, with the records and bytes of all commits. */
    Map<String, SourcePosition> positions() {
        return Collections.unmodifiableMap(positions);
    }

    /** What waits in the folder of a source, as ingest last said; empty if it never did. */
    Optional<Backlog> backlog(String source) {
        return Optional.ofNullable(backlogs.get(source));
    }

    /** How old the documents of the newest commit that had any were on their way into it. */
    public Optional<Freshness> freshness() {
        return freshness;
    }

    /** When the ingest process last published anything. */
    public Optional<Instant> lastSign() {
        return Stream.concat(lastCommit.stream(), lastEvent.stream()).max(Comparator.naturalOrder());
    }

    /** The error that the newest process ended with. */
    public Optional<String> error() {
        return error;
    }
}
