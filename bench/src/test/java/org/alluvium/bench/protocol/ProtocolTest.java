package org.alluvium.bench.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small bounds, in which every way to go wrong that is known has room; docs/design/0045 has what larger ones take. */
class ProtocolTest {

    private static final int MOST = 1_000_000;

    /**
     * What is found when one thing is missing.
     *
     * @param steps of the shortest way to it
     */
    record Case(Mutation lacking, Bounds within, Invariant violated, int steps) {}

    private static final Bounds INGEST = Bounds.of(2, 1, 1);
    private static final Bounds CLEARED = Bounds.of(1, 1, 1).withJanitors();
    private static final Bounds TAKEN_WHILE_WRITTEN = Bounds.of(2, 1, 1).taking(1);
    private static final Bounds TAKEN = Bounds.of(1, 1, 1).taking(1).after(1);
    private static final Bounds TAKEN_BY_TWO = Bounds.of(2, 2, 0).taking(1, 2).after(2);
    private static final Bounds TRAINED = Bounds.of(1, 1, 1).withTrainer().after(1);
    private static final Bounds TRAINED_AND_TAKEN =
            Bounds.of(2, 2, 1).taking(1).withTrainer().after(2);

    static List<Bounds> bounds() {
        return List.of(
                INGEST,
                Bounds.of(1, 1, 2).withZombies(),
                Bounds.of(1, 1, 1).taking(1).withZombies().withJanitors(),
                Bounds.of(2, 2, 1).taking(1, 2).after(2),
                TRAINED_AND_TAKEN,
                Bounds.of(3, 3, 1).taking(2).goingBack().after(3),
                Bounds.of(2, 1, 0).taking(1).withTrainer());
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void whateverHappensNothingIsViolatedAndEverythingComesToItsEnd(Bounds bounds) {
        Explorer.Report report = explore(bounds, EnumSet.noneOf(Mutation.class));

        assertThat(report.found().map(Explorer.Counterexample::words)).isEmpty();
        assertThat(report.complete()).isTrue();
    }

    static List<Case> cases() {
        return List.of(
                new Case(Mutation.CREATION_NOT_EXCLUSIVE, INGEST, Invariant.FENCED, 10),
                new Case(Mutation.FENCE_PASSED, INGEST, Invariant.FENCED, 9),
                new Case(Mutation.REPLAY_NOT_KNOWN, INGEST, Invariant.ONCE_IN_THE_LOG, 10),
                new Case(
                        Mutation.OLD_CHECKPOINT_TAKEN, Bounds.of(1, 1, 2).withZombies(), Invariant.ONCE_IN_THE_LOG, 14),
                new Case(
                        Mutation.BRANCH_NOT_ASKED,
                        Bounds.of(3, 2, 2).withZombies().after(1),
                        Invariant.ONCE_IN_THE_LOG,
                        16),
                new Case(Mutation.PUBLISHED_TOO_SOON, INGEST, Invariant.PROGRESS, 6),
                new Case(Mutation.FILES_NOT_IN_STATE, INGEST, Invariant.ONCE_IN_THE_LOG, 13),
                new Case(Mutation.OFFSETS_NOT_IN_STATE, INGEST, Invariant.ONCE_IN_THE_LOG, 13),
                new Case(Mutation.JANITOR_ASKS_NO_AGE, CLEARED, Invariant.FILES_ARE_THERE, 9),
                new Case(Mutation.JANITOR_ASKS_NOT_THE_COMMITTER, CLEARED, Invariant.FILES_ARE_THERE, 11),
                new Case(Mutation.JANITOR_TAKES_SWEPT_FILES, CLEARED.taking(1), Invariant.FILES_ARE_THERE, 15),
                new Case(
                        Mutation.FENCED_JANITOR_GOES_ON,
                        Bounds.of(1, 1, 2).withZombies().withJanitors(),
                        Invariant.FILES_ARE_THERE,
                        13),
                new Case(
                        Mutation.MISSING_FILES_COMMITTED,
                        Bounds.of(1, 1, 2).withZombies().withJanitors(),
                        Invariant.FILES_ARE_THERE,
                        13),
                new Case(Mutation.GATE_OPEN, TAKEN_WHILE_WRITTEN, Invariant.NOT_AFTER_TAKEDOWN, 8),
                new Case(Mutation.BEST_KNOWLEDGE_COUNTS, TAKEN_WHILE_WRITTEN, Invariant.NOT_AFTER_TAKEDOWN, 11),
                new Case(Mutation.WRITER_CLAIMS_TOO_MUCH, TAKEN_WHILE_WRITTEN, Invariant.NOT_AFTER_TAKEDOWN, 8),
                new Case(Mutation.COPY_NOT_VERIFIED, TAKEN, Invariant.FILES_ARE_THERE, 4),
                new Case(Mutation.DESTROYED_TOO_SOON, TAKEN, Invariant.FILES_ARE_THERE, 3),
                new Case(Mutation.REWRITES_NOT_COMPARED, TAKEN_BY_TWO, Invariant.SWEPT, 9),
                new Case(Mutation.SWEEP_SAYS_TOO_MUCH, TAKEN_BY_TWO, Invariant.SWEPT, 6),
                new Case(Mutation.OWN_ANSWER_NOT_KNOWN, TAKEN, Invariant.FILES_ARE_THERE, 4),
                new Case(Mutation.LEFTOVERS_STAY, TAKEN, Invariant.SWEPT, 6),
                new Case(Mutation.LEFTOVERS_LOOKED_FOR_ONCE, TAKEN, Invariant.SWEPT, 8),
                new Case(Mutation.NO_LOCK, TRAINED, Invariant.LEARNED_ONCE, 6),
                new Case(Mutation.JOURNAL_NOT_FORCED, TRAINED, Invariant.WEIGHTS_FOLLOW_JOURNAL, 6),
                new Case(Mutation.CHECKPOINT_BEFORE_LINE, TRAINED, Invariant.WEIGHTS_FOLLOW_JOURNAL, 3),
                new Case(Mutation.STEP_OF_JOURNAL, TRAINED, Invariant.WEIGHTS_FOLLOW_JOURNAL, 5),
                new Case(Mutation.LINES_NOT_COMPARED, TRAINED, Invariant.LEARNED_ONCE, 7),
                new Case(Mutation.TAKEDOWN_LINE_MISSING, TRAINED_AND_TAKEN, Invariant.LEARNED_ONCE, 8),
                new Case(
                        Mutation.VOID_LINES_COUNT,
                        Bounds.of(4, 4, 2).taking(1).goingBack().after(4),
                        Invariant.WEIGHTS_FOLLOW_JOURNAL,
                        12),
                new Case(
                        Mutation.UNDONE_CHECKPOINT_TAKEN,
                        Bounds.of(2, 2, 1).taking(2).goingBack().after(2),
                        Invariant.WEIGHTS_FOLLOW_JOURNAL,
                        12),
                new Case(Mutation.PREPARED_STEP_TAKEN, TRAINED_AND_TAKEN, Invariant.NOT_LEARNED_KNOWINGLY, 6),
                new Case(
                        Mutation.TAKEDOWN_NOT_HEARD_ON_THE_WAY,
                        Bounds.of(2, 1, 0).taking(1).withTrainer(),
                        Invariant.NOT_LEARNED_KNOWINGLY,
                        14));
    }

    @Test
    void nothingThatCanBeMissingIsLeftOut() {
        assertThat(cases()).extracting(Case::lacking).containsExactlyInAnyOrder(Mutation.values());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsMissingIsFound(Case missing) {
        Explorer.Report report = explore(missing.within(), EnumSet.of(missing.lacking()));

        assertThat(report.found()).isPresent();
        Explorer.Counterexample found = report.found().get();
        assertThat(found.violation().invariant()).as(found.words()).isEqualTo(missing.violated());
        assertThat(found.trace()).as(found.words()).hasSize(missing.steps());
    }

    private static Explorer.Report explore(Bounds bounds, EnumSet<Mutation> lacking) {
        return new Explorer<>(new Protocol(bounds, lacking), MOST, states -> {}).explore();
    }
}
