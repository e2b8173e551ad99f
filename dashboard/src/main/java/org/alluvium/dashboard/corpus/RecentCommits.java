package org.alluvium.dashboard.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.shard.ShardFile;

/** The commits of the last minute before the newest one, or the newest two if that is longer. Not thread-safe. */
final class RecentCommits {

    private static final Duration RECENT = Duration.ofSeconds(60);

    private final Deque<LogEntry.Commit> commits = new ArrayDeque<>();

    void add(LogEntry.Commit commit) {
        commits.addLast(commit);
        Instant since = commit.createdAt().minus(RECENT);
        while (commits.size() > 2 && commits.getFirst().createdAt().isBefore(since)) {
            commits.removeFirst();
        }
    }

    /** What they brought, the first of them excepted: that came before it. */
    Flow.Amount amount() {
        if (commits.size() < 2) {
            return Flow.Amount.NONE;
        }
        Duration time = Duration.between(
                commits.getFirst().createdAt(), commits.getLast().createdAt());
        Funnel funnel = Funnel.EMPTY;
        Map<String, Long> read = new HashMap<>();
        long tokens = 0;
        long shards = 0;
        Iterator<LogEntry.Commit> after = commits.iterator();
        after.next();
        while (after.hasNext()) {
            LogEntry.Commit commit = after.next();
            funnel = funnel.plus(commit.funnel());
            count(commit, read);
            tokens += commit.shards().stream().mapToLong(ShardFile::tokens).sum();
            shards += commit.shards().size();
        }
        return new Flow.Amount(Math.max(1, time.toMillis()) / 1e3, funnel, read, tokens, shards);
    }

    /** Adds a commit's records by source. A place is {@code source}, {@code source:partition} or one of these with {@code @subtask}. */
    static void count(LogEntry.Commit commit, Map<String, Long> read) {
        for (Map.Entry<String, SourcePosition> place : commit.sourcePositions().entrySet()) {
            read.merge(place.getKey().split("[:@]", 2)[0], place.getValue().records(), Long::sum);
        }
    }
}
