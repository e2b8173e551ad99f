package org.alluvium.bench.soak;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.shard.ShardReader;

/** Reads every row that the log names, as soon as it does, on a thread of its own. */
final class LogFollower {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final CorpusLayout corpus;
    private final LogTail tail;
    private final BiConsumer<ShardRow, LogEntry.Commit> eachRow;
    private final Runnable afterCommit;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    /** Begins with the first entry. */
    LogFollower(CorpusLayout corpus, BiConsumer<ShardRow, LogEntry.Commit> eachRow, Runnable afterCommit) {
        this.corpus = corpus;
        this.tail = LogTail.open(corpus, 0);
        this.eachRow = eachRow;
        this.afterCommit = afterCommit;
        this.thread = Thread.ofPlatform().daemon().name("log-follower").start(this::follow);
    }

    /** Completes, with the reason, if the log can't be followed any further. */
    CompletableFuture<Void> failed() {
        return failed;
    }

    private void follow() {
        try {
            while (!closing) {
                if (tail.next(PATIENCE).orElse(null) instanceof LogEntry.Commit commit) {
                    read(commit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed.completeExceptionally(e);
        }
    }

    private void read(LogEntry.Commit commit) {
        for (ShardFile file : commit.shards()) {
            try (ShardReader shard = ShardReader.open(corpus.resolve(file.path()))) {
                shard.forEachRemaining(row -> eachRow.accept(row, commit));
            }
        }
        afterCommit.run();
    }

    /** Reads no further. */
    void stop() throws InterruptedException {
        closing = true;
        tail.close();
        thread.join();
    }
}
