package org.alluvium.trainer.save;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.checkpoint.Consumed;
import org.alluvium.trainer.checkpoint.Lineage;
import org.alluvium.trainer.checkpoint.Retention;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.score.PrequentialScores;

/**
 * Writes checkpoints behind the training thread. One thread calls; the writing happens on the executor.
 *
 * <h2>Overview</h2>
 *
 * <p>Goals, in this order: what appears under a checkpoint's name is whole; training waits for memory, never for storage; a
 * disk that is full costs a checkpoint and not the run; memory is bounded.
 *
 * <p>A checkpoint has two halves. {@link #begin} runs on the training thread, between two steps, and copies weights and
 * moments into buffers that were allocated once ({@link StagedTensors}). That copy is the stall, and it is measured: 12 bytes
 * a parameter, copied by the threads that compute at the speed of memory, some 10 ms for 7 million parameters. The second half runs on the executor: files,
 * digests, fsync, rename, and the deletion of what retention no longer keeps. It takes as long as the disk takes, and steps
 * are taken meanwhile.
 *
 * <p>The buffers have one owner at a time. From the submission to the completion of the task they are the executor's; the
 * future orders the two threads, so there is no lock. Hence at most one checkpoint is in flight, and {@link #begin} must not
 * be called while {@link #isWriting}: a checkpoint that is due then is taken some steps later, when the one before is done.
 * Two sets of buffers would allow two in flight and help nobody, since a disk that is slower than the interval between
 * checkpoints stays slower.
 *
 * <p>A write that fails is reported and forgotten: its folder never appeared, the checkpoint before it is still there, and the
 * next one is tried when it is due. Only {@link #finish} throws, since after it there is no next time. The lineage of a
 * checkpoint reaches back to the last one that was published, not to the last one that was tried; this is why the outcome of
 * a write is looked at before the next begins.
 *
 * <p>Order in the file: the training thread's half, then the executor's.
 */
public final class Checkpointer implements AutoCloseable {

    private final RunLayout run;
    private final CheckpointWriter writer;
    private final Setting setting;
    private final Listener listener;

    private final StagedTensors tensors;
    private long publishedStep;
    private Cursor publishedCursor;
    private CompletableFuture<CheckpointState> inFlight;

    /**
     * What a checkpointer works with.
     *
     * @param executor runs the writing
     * @param beforeWrite makes durable what a checkpoint takes for granted: the journal up to its step
     * @param nanoTime measures durations
     * @param log gives the Merkle tree of so many entries of the shard log
     * @param retention which checkpoints are kept
     * @param inUse checkpoints that are not deleted this time, whatever retention says
     */
    public record Setting(
            Executor executor,
            Runnable beforeWrite,
            LongSupplier nanoTime,
            LongFunction<MerkleTree> log,
            Retention retention,
            Predicate<Path> inUse) {}

    /** Hears what became of a checkpoint, on the executor's thread. */
    public interface Listener {

        void published(Published published);

        void failed(CheckpointState state, AlluviumException error);
    }

    /**
     * A checkpoint that is on disk.
     *
     * @param path its folder
     * @param bytes size of all its files
     * @param stallNanos time the training thread spent on it
     * @param writeNanos time from then until it was durable
     * @param deleted older checkpoints that made room
     */
    public record Published(
            Path path, CheckpointState state, long bytes, long stallNanos, long writeNanos, List<Path> deleted) {}

    /**
     * Allocates the staging buffers.
     *
     * @param model whose tensors will be copied
     * @param from where the run goes on; the first checkpoint's lineage begins there
     */
    public Checkpointer(
            RunLayout run,
            CheckpointWriter writer,
            Setting setting,
            Listener listener,
            TrainableModel model,
            RunPosition from) {
        this.run = run;
        this.writer = writer;
        this.setting = setting;
        this.listener = listener;
        this.tensors = new StagedTensors(model);
        this.publishedStep = from.step();
        this.publishedCursor = from.cursor();
        this.inFlight = CompletableFuture.completedFuture(null);
    }

    /** Whether a checkpoint is being written. */
    public boolean isWriting() {
        return !inFlight.isDone();
    }

    /**
     * Copies the model and lets the copy be written.
     *
     * @return how long that took
     * @throws IllegalStateException if a checkpoint is being written
     */
    public Duration begin(
            TrainableModel model,
            CheckpointState state,
            GuardState guard,
            PrequentialScores prequential,
            Consumed consumed) {
        if (isWriting()) {
            throw new IllegalStateException("a checkpoint is being written");
        }
        notePublished();
        long started = setting.nanoTime().getAsLong();
        tensors.capture(model);
        long stall = setting.nanoTime().getAsLong() - started;
        Lineage lineage =
                Lineage.between(publishedStep, publishedCursor, state.progress().step(), state.cursor());
        ComputedBy backend = ComputedBy.of(model.backend());
        CheckpointWriter.Records records =
                new CheckpointWriter.Records(state, lineage, guard, prequential, consumed, backend);
        inFlight = CompletableFuture.supplyAsync(() -> write(records, stall), setting.executor());
        return Duration.ofNanos(stall);
    }

    /**
     * Waits until nothing is being written any more.
     *
     * @throws AlluviumException if the checkpoint that was being written could not be
     */
    public void finish() {
        try {
            inFlight.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AlluviumException cause) {
                throw cause;
            }
            throw e;
        }
        notePublished();
    }

    /** Waits until nothing is being written any more, whatever became of it; a failure has been reported. */
    public void awaitIdle() {
        inFlight.handle((state, error) -> state).join();
        notePublished();
    }

    /** Waits as {@link #awaitIdle}, and gives the buffers back. */
    @Override
    public void close() {
        awaitIdle();
        tensors.close();
    }

    /** Step of the newest checkpoint that is known to be on disk. */
    public long publishedStep() {
        notePublished();
        return publishedStep;
    }

    private void notePublished() {
        if (inFlight.isDone() && !inFlight.isCompletedExceptionally() && inFlight.join() != null) {
            CheckpointState state = inFlight.join();
            publishedStep = state.progress().step();
            publishedCursor = state.cursor();
        }
    }

    private CheckpointState write(CheckpointWriter.Records records, long stallNanos) {
        CheckpointState state = records.state();
        long started = setting.nanoTime().getAsLong();
        Path target = run.checkpoint(state.progress().step());
        try {
            setting.beforeWrite().run();
            MerkleTree log = setting.log().apply(records.entries());
            CheckpointManifest manifest = writer.write(target, tensors, records, log);
            long writeNanos = setting.nanoTime().getAsLong() - started;
            List<Path> deleted = new CheckpointFolder(run)
                    .retain(setting.retention(), state.progress().step(), setting.inUse());
            listener.published(new Published(target, state, manifest.bytes(), stallNanos, writeNanos, deleted));
            return state;
        } catch (AlluviumException e) {
            listener.failed(state, e);
            throw e;
        }
    }
}
