package org.alluvium.flink.sink;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.flink.takedown.CommitGate;
import org.alluvium.flink.types.CommitState;
import org.alluvium.flink.types.CommitState.Pending;
import org.alluvium.flink.types.Written;
import org.alluvium.tokenizer.report.Drift;

/**
 * The commit protocol, free of Flink. One instance serves one attempt of the job; it is not thread-safe.
 *
 * <p><b>Overview.</b> Flink restores a crashed job from its last complete checkpoint and tells it again what it may have
 * been told before; it may also, for a while, run two attempts of one job at once (a task manager that lost its network, a
 * process that was suspended). The log must come out as if neither had happened.
 *
 * <ol>
 *   <li>{@link #claim} reads the log's end and refuses what cannot be continued (below). It then appends a {@link
 *       LogEntry.Fence} of the next epoch at the next sequence number. Creation of an entry is exclusive, so of two
 *       attempts that try, one wins, and the other looks at the log again.
 *   <li>{@link #commit} appends at the sequence number after its own last entry, and nowhere else. If that number is taken,
 *       and not by a takedown, somebody fenced this attempt off between two of its entries: the commit fails and nothing has changed. So no entry
 *       of a smaller epoch can follow a fence, whatever the interleaving.
 *   <li>A takedown is no writer's, so it does not fence: a commit that finds one at its number takes the next. Before it does,
 *       it takes out of its files what the takedown selects, unless their writer knew of it. So no commit names a record
 *       of what was taken down before it, and whoever carries a takedown out need look at earlier entries only.
 *   <li>Flink checkpoint ids grow along a lineage, so what the log has of a lineage is told by its newest commit alone:
 *       what was written up to that checkpoint has been published before and is skipped.
 * </ol>
 *
 * <p>The fence says which shard family the commits after it belong to. What the restored state still has to publish was made
 * for the family of the newest fence, not for the one that is claimed. If these are two, {@link #claim} fences for the old one
 * first, publishes that, and only then fences for the new.
 *
 * <p>The newest commit found at the start must be known to the restored state. It is if it is of the same lineage and not
 * beyond the restored checkpoint, or if it was in the log already when that checkpoint was taken. Otherwise the records it
 * holds are about to be read, and would be published, a second time; this is what happens when an old savepoint is
 * restored, when a fresh job is pointed at a full corpus, and when two jobs share a corpus. Nor is it known if an attempt
 * committed it that had begun before the restored checkpoint: then that checkpoint was completed by an attempt that had
 * been replaced and did not know it.
 */
public final class LogCommitter {

    /** What was restored, or what a fresh job begins with. */
    public record Claim(CommitState state, long restoredCheckpointId, boolean continueForeignLog, Family family) {

        /** {@link LogEntry.Fence#restoredCheckpointId} of a fresh job. */
        public static final long FRESH = -1;

        boolean fresh() {
            return restoredCheckpointId == FRESH;
        }
    }

    private final ShardLog log;
    private final InstantSource clock;
    private final CommitGate gate;
    private final Optional<Drift> drift;
    private final String lineage;
    private final long epoch;
    private LogEntry last;
    private Takedowns takedowns;
    private long lastCheckpointId;
    private boolean ended;
    private VocabularyFit fit;
    private List<String> replaced = List.of();

    private LogCommitter(
            ShardLog log,
            InstantSource clock,
            CommitGate gate,
            DriftConfig drift,
            LogEntry.Fence fence,
            Optional<LogEntry.Commit> newest) {
        this.log = log;
        this.clock = clock;
        this.gate = gate;
        this.takedowns = Takedowns.through(log, fence);
        this.drift = drift.enabled() ? Optional.of(new Drift(drift)) : Optional.empty();
        this.fit = newest.flatMap(LogEntry.Commit::vocabulary).orElse(VocabularyFit.NONE);
        this.lineage = fence.lineage();
        this.epoch = fence.writerEpoch();
        this.last = fence;
        this.lastCheckpointId = CommitRules.published(newest, lineage);
        this.ended = newest.filter(commit -> commit.lineage().equals(lineage))
                .map(LogEntry.Commit::endOfInput)
                .orElse(false);
    }

    /**
     * Takes the log over.
     *
     * @param gate what takes out of files that are written what was taken down meanwhile
     * @param drift whether commits say how well the vocabulary fits, which goes on from what the newest one says
     * @throws MismatchException if the log has something that the claimed state does not know, or has lost something that
     *     it does; or if the claimed family was begun with another recipe
     */
    public static LogCommitter claim(
            ShardLog log, Claim claim, CommitGate gate, DriftConfig drift, InstantSource clock) {
        Optional<Family> family = Optional.of(claim.family());
        Optional<LogEntry> last = newest(log);
        goingOn(log, last, family); // refused before anything is changed
        boolean begins = last.isPresent()
                && !Families.of(log, last.get()).equals(claim.family().name());
        List<String> replaced = List.of();
        if (begins && !claim.state().pending().isEmpty()) {
            replaced = fence(log, claim, Families.recipe(log, last.get()), gate, drift, clock)
                    .commit(claim.restoredCheckpointId(), claim.state().pending(), false)
                    .map(Published::replaced)
                    .orElse(replaced);
        }
        LogCommitter committer = fence(log, claim, family, gate, drift, clock);
        committer.replaced = replaced;
        return committer;
    }

    private static LogCommitter fence(
            ShardLog log,
            Claim claim,
            Optional<Family> family,
            CommitGate gate,
            DriftConfig drift,
            InstantSource clock) {
        while (true) {
            Optional<LogEntry> before = newest(log);
            long last = before.map(LogEntry::sequence).orElse(-1L);
            CommitRules.requireWhole(claim, last);
            Optional<LogEntry.Commit> newest = CommitRules.newestCommit(log, last);
            newest.ifPresent(commit -> {
                CommitRules.requireKnown(log, claim, commit);
                CommitRules.requireSameBranch(log, claim, commit);
            });
            LogEntry.Fence fence = new LogEntry.Fence(
                    last + 1,
                    before.map(entry -> entry.writerEpoch() + 1).orElse(0L),
                    claim.state().lineage(),
                    claim.restoredCheckpointId(),
                    goingOn(log, before, family),
                    clock.instant(),
                    before.map(History::after).orElse(History.NONE));
            if (log.tryAppend(fence)) {
                return new LogCommitter(log, clock, gate, drift, fence, newest);
            }
        }
    }

    /** The family as the log has it and goes on with it; itself if it is new. */
    private static Optional<Family> goingOn(ShardLog log, Optional<LogEntry> last, Optional<Family> family) {
        Optional<LogEntry.Fence> begun =
                last.flatMap(entry -> family.flatMap(now -> Families.newest(log, entry, now.name())));
        return family.map(now -> begun.map(
                        fence -> now.goingOnFrom(fence.family().orElseThrow(), "log entry " + fence.sequence()))
                .orElse(now));
    }

    private static Optional<LogEntry> newest(ShardLog log) {
        OptionalLong last = log.lastSequence();
        return last.isEmpty() ? Optional.empty() : Optional.of(log.read(last.getAsLong()));
    }

    /** Newest entry of the log that this attempt knows of. */
    public long lastSequence() {
        return last.sequence();
    }

    /** {@link Published#replaced} of what was published in the family before. */
    public List<String> replaced() {
        return replaced;
    }

    /** How well the vocabulary fits, as the newest entry says. */
    public VocabularyFit fit() {
        return fit;
    }

    public long epoch() {
        return epoch;
    }

    /**
     * A commit that is in the log.
     *
     * @param replaced paths of files that were written for it and are in no commit, to be destroyed
     */
    public record Published(LogEntry.Commit entry, List<String> replaced) {}

    /** What was written up to a completed Flink checkpoint and is not in the log yet. */
    public Written unpublished(long checkpointId, List<Pending> pending) {
        return CommitRules.publishable(pending, lastCheckpointId, checkpointId);
    }

    /**
     * Publishes what was written up to a completed Flink checkpoint and is not in the log yet.
     *
     * @param pending what may have to be published, oldest first
     * @param endOfInput whether the sources were exhausted before that checkpoint
     * @return what was published, or empty if there is nothing to publish
     * @throws FencedException if a newer attempt has taken over; nothing was changed
     */
    public Optional<Published> commit(long checkpointId, List<Pending> pending, boolean endOfInput) {
        Written all = unpublished(checkpointId, pending);
        if (all.isEmpty() && (!endOfInput || ended)) {
            return Optional.empty();
        }
        if (!all.funnel().balances()) {
            throw new IllegalStateException(
                    "records were lost or doubled between the parsers and the shard writers before Flink checkpoint "
                            + checkpointId + ": " + all.funnel());
        }
        while (true) {
            List<LogEntry.Takedown> unknown = takedowns.after(all.takedowns());
            CommitGate.Passed passed =
                    unknown.isEmpty() ? new CommitGate.Passed(all, List.of()) : gate.pass(all, TakenOut.of(unknown));
            Optional<LogEntry.Commit> entry = tryAppend(checkpointId, passed.written(), endOfInput);
            if (entry.isPresent()) {
                lastCheckpointId = checkpointId;
                ended = endOfInput;
                return Optional.of(new Published(entry.get(), passed.replaced()));
            }
        }
    }

    /** Empty if a takedown has taken the number, which then is known. */
    private Optional<LogEntry.Commit> tryAppend(long checkpointId, Written all, boolean endOfInput) {
        Instant now = clock.instant();
        Optional<VocabularyFit> next = drift.map(judge -> judge.next(fit, all.tokens()));
        LogEntry.Commit entry = new LogEntry.Commit(
                last.sequence() + 1,
                epoch,
                lineage,
                checkpointId,
                all.shards(),
                all.deadLetters(),
                all.rejects(),
                all.changes(),
                all.mixture(),
                all.positions(),
                all.funnel(),
                all.ages().at(now.toEpochMilli()),
                next,
                endOfInput,
                now,
                History.after(last));
        if (!log.tryAppend(entry)) {
            LogEntry winner = log.read(entry.sequence());
            if (CommitRules.fencesOff(winner)) {
                throw fenced(winner);
            }
            last = winner;
            takedowns = takedowns.and(winner);
            return Optional.empty();
        }
        fit = next.orElse(VocabularyFit.NONE);
        last = entry;
        return Optional.of(entry);
    }

    private FencedException fenced(LogEntry winner) {
        return new FencedException(
                "a newer ingest process (epoch " + winner.writerEpoch() + ", this one has " + epoch
                        + ") has taken over",
                "log entry " + winner.sequence(),
                "Let that one run; this one has stopped without changing anything");
    }
}
