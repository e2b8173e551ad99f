package org.alluvium.cli.chaos.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.tokenizer.shard.ShardReader;

/** The shard log and its rows, read as they are published. For one thread. */
final class CorpusView {

    private final CorpusLayout corpus;
    private final StoreShardLog log;
    private final List<Row> rows = new ArrayList<>();
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
        this.corpus = corpus;
        this.log = StoreShardLog.of(corpus);
    }

    /** Reads what has come since the last look; true if there were rows. */
    boolean look() {
        int before = rows.size();
        for (Optional<LogEntry> entry = log.find(next); entry.isPresent(); entry = log.find(next)) {
            switch (entry.get()) {
                case LogEntry.Fence fence -> fences++;
                case LogEntry.Commit commit -> read(commit);
                case LogEntry.Takedown takedown -> throw unexpected(takedown);
                case LogEntry.Rewrite rewrite -> throw unexpected(rewrite);
            }
            next++;
        }
        return rows.size() > before;
    }

    /** Nobody takes documents down here. */
    private IllegalStateException unexpected(LogEntry entry) {
        return new IllegalStateException("entry " + entry.sequence() + " is none that a chaos run writes: " + entry);
    }

    private void read(LogEntry.Commit commit) {
        funnel = funnel.plus(commit.funnel());
        for (ShardFile shard : commit.shards()) {
            try (ShardReader reader = ShardReader.open(corpus.resolve(shard.path()))) {
                reader.forEachRemaining(
                        row -> rows.add(new Row(row.documentId(), row.tokenCount(), row.repeat(), commit.sequence())));
            }
            newest = Optional.of(shard);
        }
    }

    List<Row> rows() {
        return rows;
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
