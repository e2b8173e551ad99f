package org.alluvium.tokenizer.train.unigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.alluvium.tokenizer.train.unigram.Segmentation.Alternative;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static final double NEVER = Double.NEGATIVE_INFINITY;
    private static final double ALWAYS = Double.POSITIVE_INFINITY;

    @Test
    void theLossIsThatOfTheLikelihoodWhenTheAlternativeStandsIn() {
        Pruning pruning = new Pruning(new long[] {10, 20, 30, 0}, 0);
        double loss = pruning.loss(2, new Alternative(false, 1, 0));
        // 30 occurrences of 60 become 50 and 40 of 120: all grows by 30 for each piece there is but one.
        double before = 30 * Math.log(30.0 / 60);
        double after = 30 * (Math.log(50.0 / 120) + Math.log(40.0 / 120));
        assertThat(loss).isEqualTo(before - after, within(1e-9));
    }

    @Test
    void anUnknownLetterCountsAsTheCommonestOne() {
        Pruning pruning = new Pruning(new long[] {10, 20, 30, 0}, 1);
        assertThat(pruning.loss(2, new Alternative(false, 0, 3)))
                .isEqualTo(pruning.loss(2, new Alternative(false, 0, 1)));
    }

    @Test
    void whatDoesNotOccurIsNoLossAndWhatNothingCanReplaceIsAnInfiniteOne() {
        Pruning pruning = new Pruning(new long[] {10, 0, 5, 0}, 0);
        assertThat(pruning.loss(1, new Alternative(false, 0))).isEqualTo(NEVER);
        assertThat(pruning.loss(2, Alternative.BETTER)).isEqualTo(NEVER);
        assertThat(pruning.loss(0, Alternative.NONE)).isEqualTo(ALWAYS);
    }

    @Test
    void theLargestLossesAreKeptAndTheFirstOfEqualOnes() {
        assertThat(Pruning.keep(new double[] {1, 3, 2, 3, NEVER, 2}, 3)).containsExactly(1, 2, 3);
        assertThat(Pruning.keep(new double[] {1, NEVER, -2}, 3)).containsExactly(0, 2);
    }

    @Test
    void whatHasNoAlternativeIsKeptBeyondTheLimit() {
        assertThat(Pruning.keep(new double[] {ALWAYS, 7, ALWAYS, ALWAYS}, 2)).containsExactly(0, 2, 3);
    }
}
