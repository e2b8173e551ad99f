package org.alluvium.trainer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.config.GuardConfig;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.fixture.ListFeed;
import org.junit.jupiter.api.Test;

class SpikeGuardTest {

    private static final int WINDOW = 10;
    private static final int TOKENS = 11; // 10 of them have a target

    private final SpikeGuard guard = new SpikeGuard(config(2, 2));

    /** The guard's state and its last verdict. */
    private GuardState state = GuardState.START;

    private Verdict verdict;

    @Test
    void nothingIsASpikeUntilTheWindowIsFull() {
        for (int step = 1; step <= WINDOW; step++) {
            judge(step, step % 2 == 0 ? 1 : 50, 1, whole("a", 1));
            assertThat(verdict).isInstanceOf(Verdict.Calm.class);
        }
        judge(WINDOW + 1, 5000, 1, whole("b", 5000));
        assertThat(verdict).isInstanceOf(Verdict.Skipped.class);
    }

    @Test
    void aLossIsPutDownToTheFewestDocumentsThatExplainIt() {
        calmWindow();
        judge(WINDOW + 1, 4, 1, whole("good", 2), whole("worst", 9), whole("bad", 4), whole("fair", 2.01));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Skipped.class, skipped -> {
            assertThat(skipped.reason()).isEqualTo("the loss of 4.000 is 100.0 deviations above 2.000");
            assertThat(skipped.documents()).extracting(BlamedDocument::id).containsExactly("worst", "bad");
            assertThat(skipped.documents().getFirst().lossPerToken()).isEqualTo(9);
        });
        assertThat(state.calm()).hasSize(WINDOW);
    }

    @Test
    void aGradientIsPutDownToTheWholeStep() {
        calmWindow();
        judge(WINDOW + 1, 2, 9, whole("one", 2), whole("other", 2));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Skipped.class,
                        skipped -> assertThat(skipped.documents())
                                .extracting(BlamedDocument::id)
                                .containsExactly("one", "other"));
        judge(WINDOW + 2, 2, 1, whole("good", 2));
        assertThat(verdict).isInstanceOf(Verdict.Calm.class);
        assertThat(state.spikes()).isEmpty();
    }

    @Test
    void aStepOfFewTargetsMayBeFurtherAway() {
        for (int step = 1; step <= WINDOW; step++) {
            PieceLoss[] full = new PieceLoss[100];
            Arrays.fill(full, whole("good", 2));
            judge(step, 2, 1, full);
        }
        judge(WINDOW + 1, 3, 10, whole("short", 3));
        assertThat(verdict).isInstanceOf(Verdict.Calm.class);
        judge(WINDOW + 2, 40, 10, whole("short", 40));
        assertThat(verdict).isInstanceOf(Verdict.Skipped.class);
    }

    @Test
    void theRunGoesBackToBeforeTheFirstTokenOfWhatIsToBlame() {
        calmWindow();
        judge(WINDOW + 1, 2, 1, whole("good", 2), piece("long", 0, 4, 2));
        judge(WINDOW + 2, 9, 1, piece("long", 4, 8, 9));
        judge(WINDOW + 3, 9, 1, piece("long", 8, TOKENS, 9), whole("good", 2));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Rewound.class, rewound -> {
            assertThat(rewound.rewind().decidedAt()).isEqualTo(WINDOW + 3);
            assertThat(rewound.rewind().afterStep()).isEqualTo(WINDOW);
            assertThat(rewound.rewind().documents()).singleElement().satisfies(document -> {
                assertThat(document.id()).isEqualTo("long");
                assertThat(document.source()).isEqualTo("test");
                assertThat(document.firstStep()).isEqualTo(WINDOW + 1);
            });
        });
    }

    @Test
    void whereNothingIsGoodAnyMoreWhatWasLearnedBeforeComesUnderSuspicion() {
        calmWindow();
        LeftOut.Rewind first = new LeftOut.Rewind(WINDOW, 3, "", List.of());
        state = state.with(LeftOut.NOTHING.and(first));
        judge(WINDOW + 1, 9, 1, whole("one", 9));
        judge(WINDOW + 2, 9, 1, whole("two", 9));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Rewound.class, rewound -> {
            assertThat(rewound.rewind().afterStep()).isEqualTo(WINDOW - 8);
            assertThat(rewound.rewind().documents())
                    .extracting(BlamedDocument::id)
                    .containsExactly("3", "4", "5", "6", "7", "8", "9", "10", "one", "two");
        });
    }

    @Test
    void aSpikeThatOutlivesAllRewindsIsTheNewLevelAndTheWindowBeginsAnew() {
        calmWindow();
        for (int i = 0; i < 2; i++) {
            state = state.with(state.leftOut().and(new LeftOut.Rewind(WINDOW, 3, "", List.of())));
        }
        judge(WINDOW + 1, 9, 1, whole("one", 9));
        judge(WINDOW + 2, 9, 1, whole("two", 9));

        assertThat(verdict).isInstanceOf(Verdict.Yielded.class);
        assertThat(verdict.updates()).isTrue();
        assertThat(state.calm())
                .singleElement()
                .satisfies(step -> assertThat(step.loss()).isEqualTo(9));
    }

    @Test
    void ofALossThatIsNoNumberTheDocumentsThatHaveNoneAreToBlame() {
        judge(1, Double.NaN, Double.NaN, whole("good", 2), whole("poison", Double.NaN));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Skipped.class,
                        skipped -> assertThat(skipped.documents())
                                .extracting(BlamedDocument::id)
                                .containsExactly("poison"));
    }

    @Test
    void withoutTheGuardOnlyAStepWithoutNumbersIsWrong() {
        SpikeGuard off = new SpikeGuard(new GuardConfig(false, WINDOW, 6, 20, 2, 2));
        Observation wild = new Observation(1, 1e30, 1e30, List.of(whole("a", 1)));
        assertThat(off.judge(GuardState.START, wild).verdict()).isInstanceOf(Verdict.Calm.class);
        Observation infinite = new Observation(1, 1, Double.POSITIVE_INFINITY, List.of(whole("a", 1)));
        assertThat(off.judge(GuardState.START, infinite).verdict()).isInstanceOf(Verdict.Diverged.class);
        assertThat(SpikeGuard.reach(config(2, 2))).isEqualTo(WINDOW);
    }

    @Test
    void aLaterRewindToAnEarlierStepTakesEarlierDecisionsWithIt() {
        BlamedDocument one = BlamedDocument.of(whole("one", 9), 21);
        BlamedDocument two = BlamedDocument.of(whole("two", 9), 11);
        LeftOut leftOut = LeftOut.NOTHING
                .and(new LeftOut.Rewind(23, 20, "", List.of(one)))
                .and(new LeftOut.Rewind(27, 10, "", List.of(two)));

        for (String id : List.of("one", "two")) {
            TrainingDocument document = whole(id, 0).piece().document();
            assertThat(leftOut.omissions().leavesOut(10, 0, document)).isFalse();
            assertThat(leftOut.omissions().leavesOut(11, 0, document)).isTrue();
        }
        assertThat(leftOut.omissions()
                        .leavesOut(11, 0, whole("three", 0).piece().document()))
                .isFalse();
        assertThat(leftOut.whenTaken(10).rewinds()).isEmpty();
        assertThat(leftOut.whenTaken(11).rewinds()).hasSize(2);
    }

    private void calmWindow() {
        for (int step = 1; step <= WINDOW; step++) {
            judge(step, 2, 1, whole(Integer.toString(step), 2));
        }
    }

    private void judge(long step, double loss, double gradNorm, PieceLoss... pieces) {
        SpikeGuard.Judgement judgement =
                guard.judge(state, new Observation(step, loss, gradNorm, Arrays.asList(pieces)));
        verdict = judgement.verdict();
        state = judgement.next();
    }

    private static PieceLoss whole(String id, double lossPerToken) {
        return piece(id, 0, TOKENS, lossPerToken);
    }

    private static PieceLoss piece(String id, int from, int to, double lossPerToken) {
        Piece piece = new Piece(ListFeed.document(id, new int[TOKENS], id.hashCode()), from, to);
        return new PieceLoss(piece, lossPerToken * piece.scoredTokens());
    }

    private static GuardConfig config(int patience, int rewinds) {
        return new GuardConfig(true, WINDOW, 6, 20, patience, rewinds);
    }
}
