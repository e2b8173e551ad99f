package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepRuleTest {

    private static final int TEXTS = 200_000;

    /** Shares as they follow from numpy's pareto: (2 - score)^-9; four standard deviations of so many draws are allowed. */
    @ParameterizedTest
    @CsvSource({"0, 0.001953", "0.25, 0.006498", "0.5, 0.026012", "0.75, 0.134218", "0.9, 0.424098", "0.99, 0.914340"})
    void theShareThatIsKeptFollowsThePublishedRule(double score, double share) {
        long kept = IntStream.range(0, TEXTS)
                .filter(text -> score >= KeepRule.GPT3.demands(ContentHasher.v1("text " + text)))
                .count();

        assertThat(kept / (double) TEXTS).isEqualTo(share, within(4 * Math.sqrt(share * (1 - share) / TEXTS)));
    }

    @Test
    void aScoreOfOneIsKeptWhateverIsDrawn() {
        assertThat(IntStream.range(0, 10_000)
                        .mapToObj(text -> ContentHasher.v1("text " + text))
                        .filter(hash -> 1 < KeepRule.GPT3.demands(hash)))
                .allSatisfy(hash -> assertThat(KeepRule.GPT3.demands(hash)).isEqualTo(Math.nextUp(1.0)));
    }

    @Test
    void whatIsDemandedIsFrozen() {
        assertThat(KeepRule.GPT3.demands(new ContentHash(1, 2))).isEqualTo(0.9486605641657678);
    }

    @Test
    void aThresholdDemandsTheSameOfAll() {
        assertThat(new KeepRule.Threshold(0.3).demands(new ContentHash(1, 2))).isEqualTo(0.3);
    }
}
