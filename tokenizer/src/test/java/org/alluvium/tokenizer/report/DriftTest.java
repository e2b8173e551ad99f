package org.alluvium.tokenizer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.alluvium.tokenizer.report.Drift.Departure;
import org.alluvium.tokenizer.report.Drift.Figure;
import org.junit.jupiter.api.Test;

class DriftTest {

    private final Drift drift = new Drift(0.1, 0.01, 100);

    @Test
    void aStretchLikeAllBeforeItIsInItsBand() {
        assertThat(drift.add(stretch(4000, 1000, 0))).isEmpty();
        assertThat(drift.add(stretch(4390, 1000, 9))).isEmpty();
        assertThat(drift.total().tokens()).isEqualTo(2000);
    }

    @Test
    void bytesPerTokenLeaveTheBandOnEitherSide() {
        drift.add(stretch(4000, 1000, 0));
        assertThat(drift.add(stretch(3500, 1000, 0))).containsExactly(new Departure(Figure.BYTES_PER_TOKEN, 3.5, 4));
        // The mean is 3.75 now.
        assertThat(drift.add(stretch(4200, 1000, 0))).containsExactly(new Departure(Figure.BYTES_PER_TOKEN, 4.2, 3.75));
    }

    @Test
    void moreBytesThanBeforeAreADepartureAndFewerAreNot() {
        drift.add(stretch(4000, 1000, 20));
        assertThat(drift.add(stretch(4000, 1000, 50))).containsExactly(new Departure(Figure.FALLBACK_RATE, 0.05, 0.02));
        assertThat(drift.add(stretch(4000, 1000, 0))).isEmpty();
    }

    @Test
    void tooFewTokensAreNotJudgedButCount() {
        assertThat(drift.add(stretch(400, 99, 0))).isEmpty();
        assertThat(drift.add(stretch(1000, 1000, 0)))
                .as("nothing to compare with")
                .isEmpty();
        assertThat(drift.add(stretch(990, 99, 99))).isEmpty();
        assertThat(drift.total().tokens()).isEqualTo(1198);
    }

    @Test
    void aBandOfNothingIsRefused() {
        assertThatThrownBy(() -> new Drift(0, 0.1, 1)).hasMessageContaining("band");
    }

    private static Tally stretch(long bytes, long tokens, long byteTokens) {
        return new Tally(1, bytes, bytes, bytes / 5, tokens, byteTokens, byteTokens, 0);
    }
}
