package org.alluvium.flink.sink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.s3.StoreTraffic;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.flink.sink.CommitProbe.Point;
import org.alluvium.flink.takedown.Cleaner;
import org.alluvium.flink.takedown.CommitGate;
import org.alluvium.flink.types.CommitState;
import org.alluvium.flink.types.CommitState.Pending;
import org.alluvium.flink.types.CommitStateSerializer;
import org.alluvium.flink.types.Written;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one committer of the job: collects what the writers have closed, remembers it in each Flink checkpoint, and
 * publishes it when that checkpoint is complete. Runs with parallelism 1; {@link LogCommitter} holds the protocol.
 *
 * <p>At the end of bounded input Flink takes one more checkpoint after every operator has finished and reports its
 * completion to this operator before it may close, so the last files need no way of their own.
 */
final class CommittingOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Written, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Name of the state; part of every savepoint, never to be changed. */
    private static final String STATE = "commit-v1";

    private static final long NEVER = Long.MAX_VALUE;

    private final SinkSettings settings;
    private final CommitProbe probe;

    private transient ListState<CommitState> stored;
    private transient ObjectStore store;
    private transient Cleaner cleaner;
    private transient LogCommitter committer;
    private transient String lineage;
    private transient Written collected;
    private transient List<Pending> pending;
    private transient boolean inputEnded;
    private transient long finalCheckpointId;
    private transient volatile Set<String> pendingPaths;
    private transient OrphanJanitor janitor;
    private transient CommitMetrics commits;

    CommittingOperator(SinkSettings settings, CommitProbe probe) {
        this.settings = settings;
        this.probe = probe;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stored = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(STATE, CommitStateSerializer.TYPE));
        CommitState state = restoredOrFresh(stored.get().iterator());
        long restoredId = context.getRestoredCheckpointId().orElse(LogCommitter.Claim.FRESH);
        lineage = state.lineage();
        collected = Written.NOTHING;
        pending = new ArrayList<>(state.pending());
        finalCheckpointId = NEVER;
        rememberPendingPaths();
        commits = new CommitMetrics(
                getMetricGroup(),
                WallClock.ofThisProcess().instant(),
                () -> committer == null ? -1 : committer.lastSequence(),
                () -> pendingPaths.size());
        NonRecoverable.run(() -> {
            refuseCompany();
            takeOver(state, restoredId);
        });
    }

    /** Two committers would fence each other without end; somebody has rescaled this operator by hand. */
    private void refuseCompany() {
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        if (subtasks > 1) {
            throw new MismatchException(
                    "it was given " + subtasks + " subtasks, and the log has one writer",
                    "operator '" + ShardSink.COMMITTER + "'",
                    "Rescale with 'alluvium rescale', or leave this operator's parallelism at 1");
        }
    }

    private static CommitState restoredOrFresh(Iterator<CommitState> restored) {
        return restored.hasNext()
                ? restored.next()
                : new CommitState(UUID.randomUUID().toString(), -1, List.of());
    }

    /** A folder below Flink's own for what need not outlive the process; made when it is needed. */
    private Path scratch() {
        return Path.of(getContainingTask().getEnvironment().getIOManager().getSpillingDirectoriesPaths()[0])
                .resolve("alluvium-committer-" + UUID.randomUUID());
    }

    private void takeOver(CommitState state, long restoredId) {
        StoreTraffic traffic = new StoreTraffic();
        IngestMetrics.tell(getMetricGroup(), traffic);
        store = settings.corpus().open(traffic);
        StoreShardLog log = new StoreShardLog(store, CorpusLayout.LOG_PREFIX);
        LogCommitter.Claim claim =
                new LogCommitter.Claim(state, restoredId, settings.continueForeignLog(), settings.family());
        Path scratch = scratch();
        cleaner = new Cleaner(
                settings.corpus().files(store, scratch),
                store,
                scratch,
                () -> UUID.randomUUID().toString());
        committer = LogCommitter.claim(
                log, claim, CommitGate.cleaning(cleaner), settings.drift(), WallClock.ofThisProcess());
        cleaner.destroy(committer.replaced());
        commits.fits(committer.fit());
        janitor = OrphanJanitor.start(store, log, settings.orphanGrace(), committer.epoch(), () -> pendingPaths);
        cleaner.requireThere(paths(committer.unpublished(restoredId, pending)).toList());
        publish(restoredId);
    }

    @Override
    public void processElement(StreamRecord<Written> element) {
        collected = collected.plus(element.getValue());
        rememberPendingPaths();
    }

    @Override
    public void endInput() {
        inputEnded = true;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        long checkpointId = context.getCheckpointId();
        probe.reached(Point.BEFORE_SNAPSHOT, checkpointId);
        if (!collected.isEmpty()) {
            pending.add(new Pending(checkpointId, collected));
            collected = Written.NOTHING;
        }
        if (inputEnded) {
            finalCheckpointId = Math.min(finalCheckpointId, checkpointId);
        }
        stored.update(List.of(new CommitState(lineage, committer.lastSequence(), pending)));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        NonRecoverable.run(() -> publish(checkpointId));
    }

    /** Publishes everything written up to the checkpoint as one entry, and forgets it. */
    private void publish(long checkpointId) {
        boolean endOfInput = finalCheckpointId <= checkpointId;
        probe.reached(Point.BEFORE_COMMIT, checkpointId);
        long began = System.nanoTime();
        Optional<LogCommitter.Published> published = committer.commit(checkpointId, pending, endOfInput);
        published.ifPresent(commit -> {
            commits.committed(commit.entry(), System.nanoTime() - began);
            cleaner.destroy(commit.replaced());
        });
        probe.reached(Point.AFTER_COMMIT, checkpointId);
        pending.removeIf(part -> part.checkpointId() <= checkpointId);
        rememberPendingPaths();
    }

    private void rememberPendingPaths() {
        pendingPaths = Stream.concat(pending.stream().map(Pending::written), Stream.of(collected))
                .flatMap(CommittingOperator::paths)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> paths(Written written) {
        return Stream.concat(
                written.shards().stream().map(ShardFile::path),
                Stream.of(written.deadLetters(), written.rejects(), written.changes())
                        .flatMap(List::stream)
                        .map(RecordFile::path));
    }

    @Override
    public void close() throws Exception {
        if (janitor != null) {
            janitor.close();
        }
        if (store != null) {
            store.close();
        }
        super.close();
    }
}
