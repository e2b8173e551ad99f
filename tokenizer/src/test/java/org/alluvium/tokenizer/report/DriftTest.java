package org.alluvium.tokenizer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.contracts.log.VocabularyFit.Figure;
import org.junit.jupiter.api.Test;

class DriftTest {

    private final Drift drift = new Drift(new DriftConfig(true, 0.1, 0.01, 100));

    private VocabularyFit fit = VocabularyFit.NONE;

    @Test
    void aStretchLikeAllBeforeItIsInItsBand() {
        add(4000, 1000, 0);
        add(4390, 1000, 9);
        assertThat(fit.departures()).isEmpty();
        assertThat(fit.judged()).isTrue();
        assertThat(fit.before().tokens()).isEqualTo(2000);
    }

    @Test
    void bytesPerTokenLeaveTheBandOnEitherSideAndThatIsAnAlertOnce() {
        add(4000, 1000, 0);
        add(3500, 1000, 0);
        assertThat(fit.alerts()).containsExactly(new Departure(Figure.BYTES_PER_TOKEN, 3.5, 4));
        // The mean is 3.75 now.
        add(4200, 1000, 0);
        assertThat(fit.departures()).containsExactly(new Departure(Figure.BYTES_PER_TOKEN, 4.2, 3.75));
        assertThat(fit.alerts()).as("it had left before").isEmpty();
        add(3900, 1000, 0);
        assertThat(fit.departures()).isEmpty();
        add(3000, 1000, 0);
        assertThat(fit.alerts()).as("it was back in between").hasSize(1);
    }

    @Test
    void moreBytesThanBeforeAreADepartureAndFewerAreNot() {
        add(4000, 1000, 20);
        add(4000, 1000, 50);
        assertThat(fit.alerts()).containsExactly(new Departure(Figure.FALLBACK_RATE, 0.05, 0.02));
        add(4000, 1000, 0);
        assertThat(fit.departures()).isEmpty();
    }

    @Test
    void documentsWithTooFewTokensAreJudgedTogether() {
        add(400, 100, 0);
        add(90, 30, 0);
        assertThat(fit.judged()).isFalse();
        assertThat(fit.before().tokens()).isEqualTo(100);
        add(120, 40, 0);
        assertThat(fit.stretch().tokens()).isEqualTo(70);
        add(0, 0, 0);
        assertThat(fit.judged()).isFalse();
        add(90, 30, 0);
        assertThat(fit.alerts()).containsExactly(new Departure(Figure.BYTES_PER_TOKEN, 3, 4));
        assertThat(fit.before().tokens()).isEqualTo(200);
    }

    @Test
    void anEntryWithoutDocumentsKeepsWhatWasFoundAndAlertsNobody() {
        add(400, 100, 0);
        add(300, 100, 0);
        add(0, 0, 0);
        assertThat(fit.departures()).hasSize(1);
        assertThat(fit.alerts()).isEmpty();
        assertThat(fit.judged()).isFalse();
    }

    @Test
    void aBandOfNothingIsRefused() {
        assertThatThrownBy(() -> new Drift(new DriftConfig(true, 0, 0.1, 1))).hasMessageContaining("band");
    }

    private void add(long bytes, long tokens, long byteTokens) {
        fit = drift.next(fit, new TextTokens(1, bytes, tokens, byteTokens, 0));
    }
}
