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
     * What a committer knows and holds.
     *
     * @param epoch of its fence
     * @param last newest entry that it knows
     * @param published checkpoint up to which the log has everything
     * @param pending what it holds
     * @param toTell complete checkpoint of which it is to hear; {@link Claim#FRESH} if none
     * @param toDestroy files that its last commit has replaced
     */
    record Committer(
            long epoch, long last, long published, List<Pending> pending, long toTell, List<String> toDestroy) {

        private static final Committer NONE = new Committer(-1, -1, -1, List.of(), Claim.FRESH, List.of());

        Committer {
            pending = List.copyOf(pending);
            toDestroy = List.copyOf(toDestroy);
        }

        private Committer at(long fenceEpoch, long sequence, long checkpoint, List<String> replaced) {
            return new Committer(fenceEpoch, sequence, checkpoint, pending, toTell, replaced);
        }

        private Committer holding(List<Pending> holds, long hears) {
            return new Committer(epoch, last, published, holds, hears, toDestroy);
        }
    }

    /**
     * How far a writer is, and its next checkpoint.
     *
     * @param offset records that were read
     * @param nextId id of its next checkpoint
     * @param open file that it has begun
     * @param knows newest takedown that it knows
     * @param inFlight checkpoint that is being taken
     */
    record Writer(int offset, long nextId, Optional<String> open, long knows, Optional<Snapshot> inFlight) {

        private static final Writer NONE = new Writer(0, 0, Optional.empty(), -1, Optional.empty());
    }

    /**
     * One attempt: its committer, its writer and its janitor.
     *
     * @param from what it was restored from
     * @param looked the log's last entry when it looked, before its fence is there
     * @param doomed file that its janitor is about to delete
     */
    record Attempt(
            int number,
            Stage stage,
            Snapshot from,
            long looked,
            Committer committer,
            Writer writer,
            Optional<String> doomed) {

        private static final Snapshot NOWHERE = new Snapshot(Claim.FRESH, 0, new CommitState("", -1, List.of()), false);

        static Attempt begin(int number, Snapshot from, long looked, long writerKnows) {
            Committer committer =
                    new Committer(-1, -1, Claim.FRESH, from.state().pending(), Claim.FRESH, List.of());
            Writer writer = new Writer(
                    from.offset(), Math.max(0, from.id()) + 1, Optional.empty(), writerKnows, Optional.empty());
            return new Attempt(number, Stage.CLAIMING, from, looked, committer, writer, Optional.empty());
        }

        /** It is no more, and nobody asks what it was. */
        Attempt ended(Stage how) {
            return new Attempt(number, how, NOWHERE, -1, Committer.NONE, Writer.NONE, Optional.empty());
        }

        boolean isAlive() {
            return stage != Stage.ENDED && stage != Stage.REFUSED;
        }

        String lineage() {
            return from.state().lineage();
        }

        Attempt fenced(long sequence, long fenceEpoch, long publishedBefore) {
            Committer fenced = committer.at(fenceEpoch, sequence, publishedBefore, committer.toDestroy());
            return new Attempt(number, Stage.PUBLISHING, from, -1, fenced, writer, doomed);
        }

        Attempt committed(long sequence, long checkpoint, List<String> replaced) {
            return with(committer.at(committer.epoch(), sequence, checkpoint, replaced));
        }

        /** It runs, and has done with a checkpoint. */
        Attempt told(long checkpoint) {
            List<Pending> left = committer.pending().stream()
                    .filter(part -> part.checkpointId() > checkpoint)
                    .toList();
            return new Attempt(
                    number, Stage.RUNNING, from, looked, committer.holding(left, Claim.FRESH), writer, doomed);
        }

        Attempt writing(int readTo, String path) {
            return with(new Writer(readTo, writer.nextId(), Optional.of(path), writer.knows(), writer.inFlight()));
        }

        Attempt taking(Snapshot snapshot, List<Pending> holds, long knows) {
            return with(committer.holding(holds, committer.toTell()))
                    .with(new Writer(
                            writer.offset(), snapshot.id() + 1, Optional.empty(), knows, Optional.of(snapshot)));
        }

        Attempt tell(long checkpoint) {
            return with(committer.holding(committer.pending(), checkpoint))
                    .with(new Writer(
                            writer.offset(), writer.nextId(), writer.open(), writer.knows(), Optional.empty()));
        }

        Attempt destroyed() {
            return with(committer.at(committer.epoch(), committer.last(), committer.published(), List.of()));
        }

        Attempt dooming(Optional<String> file) {
            return new Attempt(number, stage, from, looked, committer, writer, file);
        }

        private Attempt with(Committer other) {
            return new Attempt(number, stage, from, looked, other, writer, doomed);
        }

        private Attempt with(Writer other) {
            return new Attempt(number, stage, from, looked, committer, other, doomed);
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
