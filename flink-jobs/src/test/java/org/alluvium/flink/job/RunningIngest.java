package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.FolderWatch;
import org.alluvium.flink.sink.CommitProbe;

/** An ingest process in a thread of its own, to be waited for by what it publishes and then stopped. */
final class RunningIngest implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TestCorpus corpus;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<ExitCode> end;

    private RunningIngest(TestCorpus corpus, AlluviumConfig config, IngestOptions options) {
        this.corpus = corpus;
        this.end = CompletableFuture.supplyAsync(
                () -> IngestProcess.run(config, options, CommitProbe.NONE, stop), task -> new Thread(task).start());
    }

    static RunningIngest start(TestCorpus corpus, AlluviumConfig config, IngestOptions options) {
        return new RunningIngest(corpus, config, options);
    }

    /** Waits until the log holds this many rows in all. */
    RunningIngest awaitRows(long rows) throws InterruptedException {
        return await(RunningIngest::rowsOf, rows);
    }

    /** Waits until the log has counted this many records in all. */
    RunningIngest awaitRead(long records) throws InterruptedException {
        return await(
                entry -> entry instanceof LogEntry.Commit commit
                        ? commit.funnel().read()
                        : 0,
                records);
    }

    /** Waits until the log has a source, read by one task, at this many records in all. */
    RunningIngest awaitRead(String source, long records) throws InterruptedException {
        return await(entry -> TestCorpus.recordsOf(source, entry), records);
    }

    private RunningIngest await(ToLongFunction<LogEntry> count, long wanted) throws InterruptedException {
        long seen = 0;
        try (LogTail tail = LogTail.open(corpus.layout(), 0)) {
            while (seen < wanted) {
                refuseEnd();
                Optional<LogEntry> entry = tail.next(PATIENCE);
                seen += count.applyAsLong(entry.orElseThrow(() -> new AssertionError("no more entries")));
            }
        }
        return this;
    }

    private static long rowsOf(LogEntry entry) {
        return entry instanceof LogEntry.Commit commit
                ? commit.shards().stream().mapToLong(ShardFile::rows).sum()
                : 0;
    }

    /** Waits for Flink checkpoints that hold nothing new: two more complete ones after the newest commit. */
    RunningIngest awaitIdleCheckpoints() throws IOException, InterruptedException {
        long committed = corpus.commits().get(corpus.commits().size() - 1).flinkCheckpointId();
        return awaitCheckpoint(() -> newestCheckpoint(corpus) >= committed + 2);
    }

    private RunningIngest awaitCheckpoint(BooleanSupplier there) throws IOException, InterruptedException {
        try (FolderWatch watch = FolderWatch.of(checkpoints(corpus))) {
            while (!there.getAsBoolean()) {
                refuseEnd();
                watch.await(Duration.ofMillis(200));
            }
        }
        return this;
    }

    /** Waits until the process has told something of this type. */
    RunningIngest awaitEvent(String type) throws IOException, InterruptedException {
        Path events = corpus.layout().events();
        try (FolderWatch watch = FolderWatch.of(events.getParent())) {
            while (EventReader.readAll(events).stream()
                    .noneMatch(event -> event.type().equals(type))) {
                refuseEnd();
                watch.await(Duration.ofMillis(200));
            }
        }
        return this;
    }

    static Path checkpoints(TestCorpus corpus) {
        return corpus.layout().flinkState().resolve(FlinkSettings.JOB_ID);
    }

    static Path checkpoint(TestCorpus corpus, long id) {
        return checkpoints(corpus).resolve("chk-" + id);
    }

    /** Number of the newest complete checkpoint. */
    static long newestCheckpoint(TestCorpus corpus) {
        return completeCheckpoints(corpus).max().orElse(-1);
    }

    static LongStream completeCheckpoints(TestCorpus corpus) {
        try (Stream<Path> folders = Files.list(checkpoints(corpus))) {
            return folders
                    .filter(folder -> folder.getFileName().toString().startsWith("chk-"))
                    .filter(folder -> Files.exists(folder.resolve("_metadata")))
                    .mapToLong(folder ->
                            Long.parseLong(folder.getFileName().toString().substring("chk-".length())))
                    .boxed()
                    .toList()
                    .stream()
                    .mapToLong(Long::longValue);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void refuseEnd() {
        if (end.isDone()) {
            throw new AssertionError("the process has ended with " + end.join());
        }
    }

    ExitCode stop() {
        stop.complete(null);
        return end.join();
    }

    @Override
    public void close() {
        stop.complete(null);
        end.handle((code, error) -> code).join();
    }
}
