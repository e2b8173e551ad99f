package org.alluvium.flink.sink;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.flink.sink.LogCommitter.Claim;
import org.alluvium.flink.types.CommitState.Pending;
import org.alluvium.flink.types.Written;

/**
 * What the commit protocol decides by: functions of entries that are in the log and never change. {@link LogCommitter} acts by
 * them; the model of the protocol, which tries every order of events, asks the same.
 */
public final class CommitRules {

    private CommitRules() {}

    /** The newest commit up to an entry. Between two commits there are few others, so this reads a handful of entries. */
    public static Optional<LogEntry.Commit> newestCommit(ShardLog log, long last) {
        for (long sequence = last; sequence >= 0; sequence--) {
            if (log.read(sequence) instanceof LogEntry.Commit commit) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a log that has lost what the claimed state has seen.
     *
     * @param last sequence of its newest entry; -1 if it is empty
     */
    public static void requireWhole(Claim claim, long last) {
        if (last < claim.state().lastSequence()) {
            throw new MismatchException(
                    "the shard log ends at entry " + last + ", but the ingest state of Flink checkpoint "
                            + claim.restoredCheckpointId() + " has seen entry "
                            + claim.state().lastSequence(),
                    "log",
                    "The log was cut or replaced: put its files back, or begin a new corpus folder");
        }
    }

    /**
     * Refuses a log that has what the claimed state does not know, since it would be published a second time.
     *
     * @param newest the log's newest commit
     */
    public static void requireKnown(ShardLog log, Claim claim, LogEntry.Commit newest) {
        boolean sameLineage = newest.lineage().equals(claim.state().lineage());
        if (newest.sequence() <= claim.state().lastSequence() || (claim.continueForeignLog() && !sameLineage)) {
            return;
        }
        String where = "log entry " + newest.sequence();
        if (!sameLineage) {
            throw foreign(claim, newest, where);
        }
        if (newest.flinkCheckpointId() > claim.restoredCheckpointId()) {
            throw new MismatchException(
                    "it was committed by Flink checkpoint " + newest.flinkCheckpointId()
                            + ", but the job was restored from the older checkpoint " + claim.restoredCheckpointId()
                            + ", and would publish again what came between them",
                    where,
                    "Restore checkpoint " + newest.flinkCheckpointId()
                            + " or a later one, or begin a new corpus folder");
        }
    }

    /**
     * Refuses a state of an attempt that had been replaced when it was taken, if its successor has published since. Checkpoint
     * ids alone do not tell: who was replaced, and does not know it, may complete checkpoints whose ids its successor takes as
     * well. What both have in common ends at the checkpoint that the successor began from, and its fence says which that was.
     *
     * @param newest the log's newest commit, which passes {@link #requireKnown}
     */
    public static void requireSameBranch(ShardLog log, Claim claim, LogEntry.Commit newest) {
        if (newest.lineage().equals(claim.state().lineage()) && isOfAnotherBranch(log, claim, newest)) {
            throw new MismatchException(
                    "it was committed after the job had gone on from an earlier checkpoint than "
                            + newest.flinkCheckpointId()
                            + "; the restored checkpoint " + claim.restoredCheckpointId()
                            + " does not know it, as the process that completed it had been replaced by then",
                    "log entry " + newest.sequence(),
                    "Restore a checkpoint that was taken after this entry was written");
        }
    }

    private static boolean isOfAnotherBranch(ShardLog log, Claim claim, LogEntry.Commit newest) {
        OptionalLong link = newest.history().fence();
        while (link.isPresent() && link.getAsLong() > claim.state().lastSequence()) {
            LogEntry entry = log.read(link.getAsLong());
            if (entry instanceof LogEntry.Fence fence
                    && fence.lineage().equals(newest.lineage())
                    && fence.restoredCheckpointId() < newest.flinkCheckpointId()) {
                return true;
            }
            link = entry.history().fence();
        }
        return false;
    }

    private static MismatchException foreign(Claim claim, LogEntry.Commit newest, String where) {
        String what = claim.fresh()
                ? "the corpus was begun by another ingest state (lineage " + newest.lineage()
                        + "), and no Flink checkpoint of it was restored"
                : "it was committed by another ingest state (lineage " + newest.lineage() + ") than the one restored ("
                        + claim.state().lineage() + ")";
        return new MismatchException(
                what,
                where,
                "Restore a checkpoint of that state, choose a new corpus folder, or, if the sources hold nothing that is"
                        + " in the corpus already, allow a fresh start on it with --continue-corpus");
    }

    /** The Flink checkpoint up to which the log has all of a lineage; {@link Claim#FRESH} if it has nothing of it. */
    public static long published(Optional<LogEntry.Commit> newest, String lineage) {
        return newest.filter(commit -> commit.lineage().equals(lineage))
                .map(LogEntry.Commit::flinkCheckpointId)
                .orElse(Claim.FRESH);
    }

    /** What a completed checkpoint makes publishable and is not in the log yet. */
    public static Written publishable(List<Pending> pending, long published, long checkpointId) {
        return pending.stream()
                .filter(part -> part.checkpointId() > published && part.checkpointId() <= checkpointId)
                .map(Pending::written)
                .reduce(Written.NOTHING, Written::plus);
    }

    /** Whether an entry that has taken a writer's number means that another one has taken over; it may be no writer's. */
    public static boolean fencesOff(LogEntry winner) {
        return !(winner instanceof LogEntry.Takedown || winner instanceof LogEntry.Rewrite);
    }
}
