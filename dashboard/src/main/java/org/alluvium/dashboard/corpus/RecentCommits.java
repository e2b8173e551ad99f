package org.alluvium.dashboard.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.shard.ShardFile;

/** The commits of the last minute, or the newest two if that is longer. Not thread-safe. */
final class RecentCommits {

    private static final Duration RECENT = Duration.ofSeconds(60);

    /** Times the time between the newest two; who has not committed for that long, and for a minute, has nothing to commit. */
    private static final int LONG = 3;

    private final Deque<LogEntry.Commit> commits = new ArrayDeque<>();

    void add(LogEntry.Commit commit) {
        commits.addLast(commit);
        Instant since = commit.createdAt().minus(RECENT);
        while (commits.size() > 2 && commits.getFirst().createdAt().isBefore(since)) {
            commits.removeFirst();
        }
    }

    /** When the newest was made; empty if there is none. */
    Optional<Instant> newest() {
        return Optional.ofNullable(commits.peekLast()).map(LogEntry.Commit::createdAt);
    }

    /** What they have brought until now, the first of them excepted: that came before it. */
    Flow.Amount amount(Instant now) {
        List<LogEntry.Commit> counted = new ArrayList<>(commits);
        Instant since = now.minus(RECENT);
        while (counted.size() > 2 && counted.getFirst().createdAt().isBefore(since)) {
            counted.removeFirst();
        }
        if (counted.size() < 2 || isOver(counted, now)) {
            return Flow.Amount.NONE;
        }
        Duration time = Duration.between(counted.getFirst().createdAt(), now);
        Funnel funnel = Funnel.EMPTY;
        Map<String, Long> read = new HashMap<>();
        long tokens = 0;
        long shards = 0;
        for (LogEntry.Commit commit : counted.subList(1, counted.size())) {
            funnel = funnel.plus(commit.funnel());
            count(commit, read);
            tokens += commit.shards().stream().mapToLong(ShardFile::tokens).sum();
            shards += commit.shards().size();
        }
        return new Flow.Amount(Math.max(1, time.toMillis()) / 1e3, funnel, read, tokens, shards);
    }

    private static boolean isOver(List<LogEntry.Commit> commits, Instant now) {
        Instant last = commits.getLast().createdAt();
        Duration usual = Duration.between(commits.get(commits.size() - 2).createdAt(), last);
        Duration silence = Duration.between(last, now);
        return silence.compareTo(RECENT) > 0 && silence.compareTo(usual.multipliedBy(LONG)) > 0;
    }

    /** Adds a commit's records by source. A place is {@code source}, {@code source:partition} or one of these with {@code @subtask}. */
    static void count(LogEntry.Commit commit, Map<String, Long> read) {
        for (Map.Entry<String, SourcePosition> place : commit.sourcePositions().entrySet()) {
            read.merge(place.getKey().split("[:@]", 2)[0], place.getValue().records(), Long::sum);
        }
    }
}
