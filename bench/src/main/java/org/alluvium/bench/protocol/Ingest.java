package org.alluvium.bench.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.flink.sink.LogCommitter.Claim;
import org.alluvium.flink.types.CommitState;
import org.alluvium.flink.types.CommitState.Pending;

/**
 * The ingest job: its attempts, of which only the newest is meant to be at work, and its complete Flink checkpoints.
 *
 * @param completed the newest few, in the order in which they were completed
 * @param attempts by number
 */
record Ingest(List<Snapshot> completed, List<Attempt> attempts) {

    static final Ingest NONE = new Ingest(List.of(), List.of());
    private static final int RETAINED = 3;

    Ingest {
        completed = List.copyOf(completed);
        attempts = List.copyOf(attempts);
    }

    /**
     * A Flink checkpoint.
     *
     * @param offset records that the source has given
     * @param state of the committer
     * @param refused whether an attempt that was restored from it was refused by the log
     */
    record Snapshot(long id, int offset, CommitState state, boolean refused) {

        static Snapshot fresh(int attempt) {
            return new Snapshot(Claim.FRESH, 0, new CommitState("L" + attempt, -1, List.of()), false);
        }
    }

    enum Stage {
        CLAIMING,
        PUBLISHING,
        RUNNING,
        ENDED,
        /** It began anew, and the log has what it does not know. */
        REFUSED
    }

    /**
     * One attempt: its committer, its writer and its janitor.
     *
     * @param from what it was restored from
     * @param looked the log's last entry when it looked, before its fence is there
     * @param epoch of its fence
     * @param last newest entry that its committer knows
     * @param published checkpoint up to which the log has everything
     * @param offset records that were read
     * @param nextId id of its next checkpoint
     * @param open file that its writer has begun
     * @param writerKnows newest takedown that its writer knows
     * @param pending what its committer holds
     * @param inFlight checkpoint that is being taken
     * @param toTell complete checkpoint of which its committer is to hear; {@link Claim#FRESH} if none
     * @param toDestroy files that its last commit has replaced
     * @param doomed file that its janitor is about to delete
     */
    record Attempt(
            int number,
            Stage stage,
            Snapshot from,
            long looked,
            long epoch,
            long last,
            long published,
            int offset,
            long nextId,
            Optional<String> open,
            long writerKnows,
            List<Pending> pending,
            Optional<Snapshot> inFlight,
            long toTell,
            List<String> toDestroy,
            Optional<String> doomed) {

        private static final Snapshot NOWHERE = new Snapshot(Claim.FRESH, 0, new CommitState("", -1, List.of()), false);

        Attempt {
            pending = List.copyOf(pending);
            toDestroy = List.copyOf(toDestroy);
        }

        static Attempt begin(int number, Snapshot from, long looked, long writerKnows) {
            return new Attempt(
                    number,
                    Stage.CLAIMING,
                    from,
                    looked,
                    -1,
                    -1,
                    Claim.FRESH,
                    from.offset(),
                    Math.max(0, from.id()) + 1,
                    Optional.empty(),
                    writerKnows,
                    from.state().pending(),
                    Optional.empty(),
                    Claim.FRESH,
                    List.of(),
                    Optional.empty());
        }

        /** It is no more, and nobody asks what it was. */
        Attempt ended(Stage how) {
            return new Attempt(
                    number,
                    how,
                    NOWHERE,
                    -1,
                    -1,
                    -1,
                    -1,
                    0,
                    0,
                    Optional.empty(),
                    -1,
                    List.of(),
                    Optional.empty(),
                    Claim.FRESH,
                    List.of(),
                    Optional.empty());
        }

        boolean isAlive() {
            return stage != Stage.ENDED && stage != Stage.REFUSED;
        }

        String lineage() {
            return from.state().lineage();
        }

        Attempt fenced(long sequence, long fenceEpoch, long publishedBefore) {
            return new Attempt(
                    number,
                    Stage.PUBLISHING,
                    from,
                    -1,
                    fenceEpoch,
                    sequence,
                    publishedBefore,
                    offset,
                    nextId,
                    open,
                    writerKnows,
                    pending,
                    inFlight,
                    toTell,
                    toDestroy,
                    doomed);
        }

        Attempt committed(long sequence, long checkpoint, List<String> replaced) {
            return new Attempt(
                    number,
                    stage,
                    from,
                    looked,
                    epoch,
                    sequence,
                    checkpoint,
                    offset,
                    nextId,
                    open,
                    writerKnows,
                    pending,
                    inFlight,
                    toTell,
                    replaced,
                    doomed);
        }

        /** It runs, and has done with a checkpoint. */
        Attempt told(long checkpoint) {
            List<Pending> left = pending.stream()
                    .filter(part -> part.checkpointId() > checkpoint)
                    .toList();
            return new Attempt(
                    number,
                    Stage.RUNNING,
                    from,
                    looked,
                    epoch,
                    last,
                    published,
                    offset,
                    nextId,
                    open,
                    writerKnows,
                    left,
                    inFlight,
                    Claim.FRESH,
                    toDestroy,
                    doomed);
        }

        Attempt writing(int readTo, String path) {
            return new Attempt(
                    number,
                    stage,
                    from,
                    looked,
                    epoch,
                    last,
                    published,
                    readTo,
                    nextId,
                    Optional.of(path),
                    writerKnows,
                    pending,
                    inFlight,
                    toTell,
                    toDestroy,
                    doomed);
        }

        Attempt taking(Snapshot snapshot, List<Pending> holds, long knows) {
            return new Attempt(
                    number,
                    stage,
                    from,
                    looked,
                    epoch,
                    last,
                    published,
                    offset,
                    snapshot.id() + 1,
                    Optional.empty(),
                    knows,
                    holds,
                    Optional.of(snapshot),
                    toTell,
                    toDestroy,
                    doomed);
        }

        Attempt tell(long checkpoint) {
            return new Attempt(
                    number,
                    stage,
                    from,
                    looked,
                    epoch,
                    last,
                    published,
                    offset,
                    nextId,
                    open,
                    writerKnows,
                    pending,
                    Optional.empty(),
                    checkpoint,
                    toDestroy,
                    doomed);
        }

        Attempt destroyed() {
            return new Attempt(
                    number,
                    stage,
                    from,
                    looked,
                    epoch,
                    last,
                    published,
                    offset,
                    nextId,
                    open,
                    writerKnows,
                    pending,
                    inFlight,
                    toTell,
                    List.of(),
                    doomed);
        }

        Attempt dooming(Optional<String> file) {
            return new Attempt(
                    number,
                    stage,
                    from,
                    looked,
                    epoch,
                    last,
                    published,
                    offset,
                    nextId,
                    open,
                    writerKnows,
                    pending,
                    inFlight,
                    toTell,
                    toDestroy,
                    file);
        }
    }

    Ingest with(Attempt next) {
        List<Attempt> more = new ArrayList<>(attempts);
        if (next.number() < more.size()) {
            more.set(next.number(), next);
        } else {
            more.add(next);
        }
        return new Ingest(completed, more);
    }

    Ingest with(Snapshot complete) {
        List<Snapshot> more = new ArrayList<>(completed);
        more.add(complete);
        return new Ingest(more.subList(Math.max(0, more.size() - RETAINED), more.size()), attempts);
    }

    /** A person has been told that this one does not fit the log, and chooses another. */
    Ingest refusing(Snapshot snapshot) {
        return new Ingest(
                completed.stream()
                        .map(known -> known.equals(snapshot)
                                ? new Snapshot(known.id(), known.offset(), known.state(), true)
                                : known)
                        .toList(),
                attempts);
    }

    /** What the next attempt is restored from. */
    Optional<Snapshot> newest() {
        return completed.stream().filter(one -> !one.refused()).reduce((one, later) -> later);
    }
}
