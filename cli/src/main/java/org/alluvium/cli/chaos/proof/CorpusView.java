package org.alluvium.cli.chaos.proof;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.shard.ShardReader;

/** The shard log and its rows, read as they are published. For one thread. */
final class CorpusView {

    private final CorpusFiles files;
    private final StoreShardLog log;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Long, Set<String>> takedowns = new LinkedHashMap<>();
    private final List<String> replaced = new ArrayList<>();
    private Funnel funnel = Funnel.EMPTY;
    private long next;
    private long fences;
    private Optional<ShardFile> newest = Optional.empty();

    /**
     * A row of a shard.
     *
     * @param tokens how many it has
     * @param repeat how often it is to be learned
     * @param entry the log's entry that published it
     */
    record Row(String id, int tokens, int repeat, long entry) {}

    CorpusView(CorpusLayout corpus) {
        this.files = new CorpusFiles(corpus);
        this.log = StoreShardLog.of(corpus);
    }

    /** Reads what has come since the last look; true if there were rows. */
    boolean look() {
        int before = rows.size();
        for (Optional<LogEntry> entry = log.find(next); entry.isPresent(); entry = log.find(next)) {
            switch (entry.get()) {
                case LogEntry.Fence fence -> fences++;
                case LogEntry.Commit commit -> {
                    funnel = funnel.plus(commit.funnel());
                    read(commit, rows);
                    newest = commit.shards().stream()
                            .reduce((one, later) -> later)
                            .or(() -> newest);
                }
                case LogEntry.Takedown takedown -> takedowns.put(takedown.sequence(), ids(takedown));
                case LogEntry.Rewrite rewrite ->
                    Stream.of(rewrite.shards(), rewrite.records()).forEach(map -> replaced.addAll(map.keySet()));
            }
            next++;
        }
        return rows.size() > before;
    }

    private static Set<String> ids(LogEntry.Takedown takedown) {
        return takedown.selectors().stream()
                .map(selector -> switch (selector) {
                    case Selector.Id id -> id.id();
                    case Selector.UrlPrefix _, Selector.Source _, Selector.Content _ ->
                        throw new IllegalStateException("none that a chaos run takes down by: " + takedown);
                })
                .collect(Collectors.toSet());
    }

    /** Adds the rows of a commit as they are now; what was taken down has none. */
    private void read(LogEntry.Commit commit, List<Row> into) {
        for (ShardFile shard : commit.shards()) {
            try (ShardReader reader = ShardReader.open(files, shard)) {
                reader.forEachRemaining(row -> {
                    if (!row.isHole()) {
                        into.add(new Row(row.documentId(), row.tokenCount(), row.repeat(), commit.sequence()));
                    }
                });
            }
        }
    }

    /** Rows as they were when they were published. */
    List<Row> rows() {
        return rows;
    }

    /** Rows as they are now: all shards are read again. */
    List<Row> current() {
        List<Row> current = new ArrayList<>();
        log.forEachFrom(0, entry -> {
            if (entry instanceof LogEntry.Commit commit) {
                read(commit, current);
            }
        });
        return current;
    }

    /** Ids that were taken down, by the sequence of the takedown, in the order of the log. */
    Map<Long, Set<String>> takedowns() {
        return takedowns;
    }

    /** Of the files that rewrites have replaced, those that are still there. */
    List<String> leftOver() {
        return replaced.stream()
                .filter(path -> Files.exists(files.corpus().resolve(path)))
                .toList();
    }

    Funnel funnel() {
        return funnel;
    }

    long fences() {
        return fences;
    }

    /** Entries so far. */
    long entries() {
        return next;
    }

    Optional<ShardFile> newest() {
        return newest;
    }
}
