package org.alluvium.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.flink.takedown.CommitGate;
import org.alluvium.flink.types.Ages;
import org.alluvium.flink.types.CommitState;
import org.alluvium.flink.types.CommitState.Pending;
import org.alluvium.flink.types.Written;
import org.junit.jupiter.api.Test;

class LogCommitterTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final long FRESH = LogCommitter.Claim.FRESH;

    private final MemoryLog log = new MemoryLog();

    @Test
    void aFreshJobFencesTheEmptyLogAndThenCommitsInOrder() {
        LogCommitter committer = fresh("A");

        committer.commit(3, List.of(pending(3, "x")), false);
        committer.commit(7, List.of(pending(5, "y"), pending(7, "z")), true);

        assertThat(log.read(0))
                .isEqualTo(new LogEntry.Fence(
                        0, 0, "A", FRESH, Optional.of(family("main", "t")), Instant.EPOCH, History.NONE));
        assertThat(commit(1).flinkCheckpointId()).isEqualTo(3);
        assertThat(paths(commit(2))).containsExactly("y", "z");
        assertThat(commit(2).endOfInput()).isTrue();
    }

    @Test
    void aCheckpointWithoutAnythingHasNoEntry() {
        assertThat(fresh("A").commit(1, List.of(), false)).isEmpty();
        assertThat(log.readFrom(1)).isEmpty();
    }

    @Test
    void theEndOfInputIsCommittedEvenIfNothingElseIsAndOnlyOnce() {
        LogCommitter committer = fresh("A");

        assertThat(committer.commit(1, List.of(), true)).isPresent();
        assertThat(committer.commit(2, List.of(), true)).isEmpty();
    }

    @Test
    void aReplayedCommitIsSkipped() {
        fresh("A").commit(3, List.of(pending(3, "x")), false);

        LogCommitter restored = restored("A", 3, 0);

        assertThat(restored.commit(3, List.of(pending(3, "x")), false)).isEmpty();
    }

    @Test
    void whatWasCommittedIsLeftOutOfALaterCommitThatStillHoldsIt() {
        // The state of checkpoint 4 was taken before the committer heard that checkpoint 3 is complete.
        fresh("A").commit(3, List.of(pending(3, "x")), false);

        LogCommitter restored = restored("A", 4, 0);
        restored.commit(4, List.of(pending(3, "x"), pending(4, "y")), false);

        assertThat(paths(commit(3))).containsExactly("y");
    }

    @Test
    void aCommitThatACrashPreventedIsMadeUpFor() {
        fresh("A");

        restored("A", 3, 0).commit(3, List.of(pending(3, "x")), false);

        assertThat(paths(commit(2))).containsExactly("x");
        assertThat(commit(2).writerEpoch()).isEqualTo(1);
    }

    @Test
    void aZombieCannotCommitOnceItsSuccessorHasTakenOver() {
        LogCommitter zombie = fresh("A");
        restored("A", 2, 0);

        assertThatThrownBy(() -> zombie.commit(3, List.of(pending(3, "x")), false))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("epoch 1");
        assertThat(log.readFrom(0)).hasSize(2).allMatch(LogEntry.Fence.class::isInstance);
    }

    @Test
    void aZombieThatLosesTheRaceForASequenceNumberChangesNothing() {
        LogCommitter zombie = fresh("A");
        log.interleave(() -> restored("A", 2, 0));

        assertThatThrownBy(() -> zombie.commit(3, List.of(pending(3, "x")), false))
                .isInstanceOf(FencedException.class);
        assertThat(log.readFrom(0)).hasSize(2).allMatch(LogEntry.Fence.class::isInstance);
    }

    @Test
    void aZombieStaysFencedHoweverOftenItTries() {
        LogCommitter zombie = fresh("A");
        LogCommitter successor = restored("A", 2, 0);
        successor.commit(3, List.of(pending(3, "y")), false);

        for (long checkpoint = 3; checkpoint < 6; checkpoint++) {
            List<Pending> late = List.of(pending(checkpoint, "x"));
            long id = checkpoint;
            assertThatThrownBy(() -> zombie.commit(id, late, false)).isInstanceOf(FencedException.class);
        }
        assertThat(log.readFrom(0)).hasSize(3);
    }

    @Test
    void aZombieThatCommitsWhileItsSuccessorTakesOverMakesTheSuccessorStop() {
        LogCommitter zombie = fresh("A");
        zombie.commit(2, List.of(pending(2, "w")), false);
        log.interleave(() -> zombie.commit(3, List.of(pending(3, "x")), false));

        assertThatThrownBy(() -> restored("A", 2, 0))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("Flink checkpoint 3")
                .hasMessageContaining("older checkpoint 2");
    }

    @Test
    void ofTwoSuccessorsThatTakeOverAtOnceTheSecondWins() {
        LogCommitter[] first = new LogCommitter[1];
        log.interleave(() -> first[0] = fresh("A"));

        LogCommitter second = fresh("B");

        assertThat(second.epoch()).isEqualTo(1);
        assertThatThrownBy(() -> first[0].commit(1, List.of(pending(1, "x")), false))
                .isInstanceOf(FencedException.class);
        assertThat(second.commit(1, List.of(pending(1, "x")), false)).isPresent();
    }

    @Test
    void aCheckpointOlderThanTheLogIsRefusedWithInstructions() {
        LogCommitter committer = fresh("A");
        committer.commit(3, List.of(pending(3, "x")), false);
        committer.commit(4, List.of(pending(4, "y")), false);

        assertThatThrownBy(() -> restored("A", 3, 1))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("log entry 2")
                .hasMessageContaining("Restore checkpoint 4 or a later one");
        assertThat(log.readFrom(0)).hasSize(3);
    }

    @Test
    void aFreshJobIsRefusedByACorpusThatAnotherBeganUnlessItIsAllowed() {
        fresh("A").commit(3, List.of(pending(3, "x")), false);

        assertThatThrownBy(() -> fresh("B"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("--continue-corpus");
        LogCommitter allowed =
                LogCommitter.claim(log, claim("B", FRESH, -1, true), CommitGate.OPEN, DriftConfig.DEFAULT, CLOCK);
        assertThat(allowed.commit(1, List.of(pending(1, "y")), false)).isPresent();
    }

    @Test
    void aForeignCommitMadeAfterTheRestoredCheckpointIsRefused() {
        fresh("A").commit(3, List.of(pending(3, "x")), false);

        assertThatThrownBy(() -> restored("B", 9, 0))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("lineage A");
    }

    @Test
    void aForeignCommitThatTheRestoredCheckpointHadSeenIsNoObstacle() {
        fresh("A").commit(3, List.of(pending(3, "x")), false);
        LogCommitter.claim(log, claim("B", FRESH, -1, true), CommitGate.OPEN, DriftConfig.DEFAULT, CLOCK);

        assertThat(restored("B", 1, 2).commit(1, List.of(pending(1, "y")), false))
                .isPresent();
    }

    @Test
    void aCheckpointThatAReplacedAttemptCompletedIsRefusedOnceItsSuccessorHasPublished() {
        fresh("A").commit(1, List.of(pending(1, "x")), false);
        restored("A", 1, 1).commit(2, List.of(pending(2, "y")), false);

        // The first attempt was suspended, has read what is in y as well, and completes checkpoints 2 and 3 of its own.
        assertThatThrownBy(() -> restored("A", 3, 1))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("log entry 3")
                .hasMessageContaining("had been replaced");
        assertThat(log.readFrom(0)).hasSize(4);
    }

    @Test
    void soIsOneWhoseSuccessorLeftThePublishingToTheNext() {
        fresh("A").commit(1, List.of(pending(1, "x")), false);
        restored("A", 1, 1);
        restored("A", 2, 2).commit(2, List.of(pending(2, "y")), false);

        assertThatThrownBy(() -> restored("A", 3, 1)).hasMessageContaining("had been replaced");
    }

    @Test
    void whatSuccessorsPublishedOfTheSameCheckpointIsKnown() {
        fresh("A");
        restored("A", 2, 0).commit(2, List.of(pending(2, "x")), false);

        LogCommitter again = restored("A", 2, 0);

        assertThat(again.commit(2, List.of(pending(2, "x")), false)).isEmpty();
        assertThat(again.commit(3, List.of(pending(3, "y")), false)).isPresent();
    }

    @Test
    void aLogThatHasLostEntriesIsRefused() {
        fresh("A");

        assertThatThrownBy(() -> restored("A", 9, 5))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("ends at entry 0")
                .hasMessageContaining("has seen entry 5");
    }

    @Test
    void aFamilyIsNotGoneOnWithByAnotherRecipe() {
        inFamily(family("main", "t", "filters.language=1", "dedup.near=1")).commit(1, List.of(pending(1, "x")), false);

        assertThatThrownBy(() -> inFamily(family("main", "u", "filters.language=1", "filters.url=1")))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(
                        "differ in tokenizer.model, dedup.near, filters.url (the vocabulary was t and is now u).")
                .hasMessageContaining("corpus.family");
        assertThat(log.readFrom(0)).hasSize(2);
    }

    @Test
    void aNewFamilyBeginsInTheSameLogAndTheOldOneCanBeGoneOnWith() {
        inFamily(family("main", "t")).commit(1, List.of(pending(1, "x")), false);
        inFamily(family("b", "u")).commit(4, List.of(pending(4, "y")), false);
        LogCommitter.claim(
                        log,
                        new LogCommitter.Claim(new CommitState("A", 3, List.of()), 4, false, family("main", "t")),
                        CommitGate.OPEN,
                        DriftConfig.DEFAULT,
                        CLOCK)
                .commit(5, List.of(pending(5, "z")), false);

        assertThat(familiesOfCommits()).containsExactly("main", "b", "main");
        assertThat(Families.all(log)).containsOnlyKeys("main", "b");
        assertThatThrownBy(() -> LogCommitter.claim(
                        log,
                        new LogCommitter.Claim(new CommitState("A", 5, List.of()), 5, false, family("b", "t")),
                        CommitGate.OPEN,
                        DriftConfig.DEFAULT,
                        CLOCK))
                .hasMessageContaining("log entry 2")
                .hasMessageContaining("tokenizer.model");
    }

    @Test
    void whatTheOldFamilyStillHadToPublishIsPublishedInIt() {
        inFamily(family("main", "t"));

        inFamily(family("b", "u"), pending(2, "x"), pending(3, "y")).commit(4, List.of(pending(4, "z")), false);

        assertThat(familiesOfCommits()).containsExactly("main", "b");
        assertThat(paths(commit(2))).containsExactly("x", "y");
        assertThat(log.readFrom(0)).extracting(LogEntry::writerEpoch).containsExactly(0L, 1L, 1L, 2L, 2L);
    }

    @Test
    void sourcesComeAndGoInAFamilyWhichRemembersThemAll() {
        inFamily(family("main", "t", "sources.a=1"));
        inFamily(family("main", "t", "sources.b=1"));
        inFamily(family("main", "t", "sources.a=2", "sources.c=1"));

        assertThat(((LogEntry.Fence) log.read(2)).family().orElseThrow().rules())
                .isEqualTo(Map.of("sources.a", "2", "sources.b", "1", "sources.c", "1"));
    }

    @Test
    void aLogOfTheTimeBeforeFamiliesIsThatOfTheMainOne() {
        log.tryAppend(new LogEntry.Fence(0, 0, "A", FRESH, Instant.EPOCH));

        inFamily(family("b", "u"), pending(3, "x")).commit(4, List.of(pending(4, "y")), false);

        assertThat(familiesOfCommits()).containsExactly("main", "b");
        assertThat(Families.first(log)).contains("main");
    }

    @Test
    void recordsThatWereLostOnTheWayStopTheCommit() {
        LogCommitter committer = fresh("A");
        Written lossy = new Written(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Funnel(2, 1, Map.of(), Map.of(), Map.of(), 0, Map.of()),
                Ages.NONE,
                TextTokens.NONE,
                Written.NONE_KNOWN);

        assertThatThrownBy(() -> committer.commit(1, List.of(new Pending(1, lossy)), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lost or doubled");
        assertThat(log.readFrom(1)).isEmpty();
    }

    @Test
    void aTakedownThatTakesTheNumberDoesNotFenceAndPassesTheGate() {
        List<TakenOut> asked = new ArrayList<>();
        CommitGate gate = (written, out) -> {
            asked.add(out);
            Written less = pending(1, "less").written();
            return new CommitGate.Passed(less, List.of("x"));
        };
        LogCommitter committer =
                LogCommitter.claim(log, claim("A", FRESH, -1, false), gate, DriftConfig.DEFAULT, CLOCK);
        log.interleave(() -> log.tryAppend(takedown(1, "bad")));

        Optional<LogCommitter.Published> published = committer.commit(1, List.of(pending(1, "x")), false);

        assertThat(published.orElseThrow().replaced()).containsExactly("x");
        assertThat(paths(commit(2))).containsExactly("less");
        assertThat(commit(2).history().takedown()).hasValue(1);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).has("bad", "s", Optional.empty(), new ContentHash(0, 0)))
                .isTrue();
        assertThat(committer.lastSequence()).isEqualTo(2);
    }

    @Test
    void whatItsWriterKnewNeedNotPassTheGateAgain() {
        CommitGate closed = (written, out) -> {
            throw new AssertionError("asked for what is known");
        };
        log.tryAppend(takedown(0, "bad"));
        LogCommitter committer =
                LogCommitter.claim(log, claim("A", FRESH, -1, false), closed, DriftConfig.DEFAULT, CLOCK);

        Pending known = new Pending(1, pending(1, "x").written().knowing(0));
        assertThat(committer.commit(1, List.of(known), false)).isPresent();
        assertThat(log.read(1).history().takedown()).hasValue(0);
        assertThat(paths(commit(2))).containsExactly("x");
    }

    @Test
    void aTakedownBeforeAFenceDoesNotHideIt() {
        LogCommitter zombie = fresh("A");
        log.interleave(() -> {
            log.tryAppend(takedown(1, "bad"));
            restored("A", 1, 0);
        });

        assertThatThrownBy(() -> zombie.commit(1, List.of(pending(1, "x")), false))
                .isInstanceOf(FencedException.class);
        assertThat(log.readFrom(0)).noneMatch(LogEntry.Commit.class::isInstance);
    }

    private LogEntry.Takedown takedown(long sequence, String id) {
        long epoch = sequence == 0 ? 0 : log.read(sequence - 1).writerEpoch();
        return new LogEntry.Takedown(
                sequence,
                epoch,
                "A",
                List.of(new Selector.Id(id, Optional.empty())),
                "asked",
                Instant.EPOCH,
                History.NONE);
    }

    private LogCommitter fresh(String lineage) {
        return LogCommitter.claim(log, claim(lineage, FRESH, -1, false), CommitGate.OPEN, DriftConfig.DEFAULT, CLOCK);
    }

    private LogCommitter restored(String lineage, long checkpointId, long lastSequence) {
        return LogCommitter.claim(
                log, claim(lineage, checkpointId, lastSequence, false), CommitGate.OPEN, DriftConfig.DEFAULT, CLOCK);
    }

    private static LogCommitter.Claim claim(
            String lineage, long checkpointId, long lastSequence, boolean continueForeignLog) {
        return new LogCommitter.Claim(
                new CommitState(lineage, lastSequence, List.of()),
                checkpointId,
                continueForeignLog,
                family("main", "t"));
    }

    private LogCommitter inFamily(Family family, Pending... pending) {
        long last = log.lastSequence().orElse(-1);
        CommitState state = new CommitState("A", last, List.of(pending));
        return LogCommitter.claim(
                log,
                new LogCommitter.Claim(state, last < 0 ? FRESH : 3, false, family),
                CommitGate.OPEN,
                DriftConfig.DEFAULT,
                CLOCK);
    }

    private static Family family(String name, String tokenizer, String... rules) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (String rule : rules) {
            parts.put(rule.split("=", 2)[0], rule.split("=", 2)[1]);
        }
        return new Family(name, tokenizer, true, false, parts);
    }

    private List<String> familiesOfCommits() {
        return log.readFrom(0).stream()
                .filter(LogEntry.Commit.class::isInstance)
                .map(entry -> Families.of(log, entry))
                .toList();
    }

    private LogEntry.Commit commit(long sequence) {
        return (LogEntry.Commit) log.read(sequence);
    }

    private static List<String> paths(LogEntry.Commit commit) {
        return commit.shards().stream().map(ShardFile::path).toList();
    }

    private static Pending pending(long checkpointId, String path) {
        ShardFile shard = new ShardFile(path, 1, 10, 100, "0".repeat(64), Map.of("s", 1L), 0, 0);
        return new Pending(
                checkpointId,
                new Written(
                        List.of(shard),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        new Funnel(1, 1, Map.of(), Map.of(), Map.of(), 0, Map.of()),
                        Ages.NONE,
                        TextTokens.NONE,
                        Written.NONE_KNOWN));
    }
}
