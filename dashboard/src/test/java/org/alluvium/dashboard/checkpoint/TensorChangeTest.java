package org.alluvium.dashboard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorChangeTest {

    @Test
    void whatStaysHasNotChanged() {
        float[] values = {1, 2, 3, 4, 5, 6};
        TensorChange change = TensorChange.of("w", List.of(3, 2), values, values);
        assertThat(change.relativeChange()).isZero();
        assertThat(change.cosine()).isCloseTo(1, within(1e-9));
        assertThat(change.spectrum()).isEmpty();
    }

    @Test
    void aChangeAlongOneDirectionHasAStableRankOfOne() {
        float[] former = new float[64];
        float[] latter = new float[64];
        for (int i = 0; i < 64; i++) {
            former[i] = i % 8 == i / 8 ? 2 : 0; // twice the unit matrix, of length sqrt(32)
            latter[i] = former[i] + 0.5f; // a constant: one direction, of length 4
        }
        TensorChange change = TensorChange.of("w", List.of(8, 8), former, latter);
        assertThat(change.relativeChange()).isCloseTo(4 / Math.sqrt(32), within(1e-6));
        assertThat(change.stableRank()).isCloseTo(1, within(1e-6));
        assertThat(change.spectrum().getFirst()).isCloseTo(4, within(1e-6));
    }

    @Test
    void aVectorHasNoSpectrum() {
        TensorChange change = TensorChange.of("norm", List.of(2), new float[] {3, 4}, new float[] {-3, -4});
        assertThat(change.spectrum()).isEmpty();
        assertThat(change.relativeChange()).isCloseTo(2, within(1e-6));
        assertThat(change.cosine()).isCloseTo(-1, within(1e-6));
    }

    @Test
    void whatWasNothingHasChangedByAllOfItself() {
        assertThat(TensorChange.of("w", List.of(2), new float[2], new float[] {1, 1})
                        .relativeChange())
                .isEqualTo(1);
        assertThat(TensorChange.of("w", List.of(2), new float[2], new float[2]).relativeChange())
                .isZero();
    }
}
