package org.alluvium.dashboard.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenMapTest {

    private static final List<Float> X = List.of(0f, 1f, 3f, -2f);
    private static final List<Float> Y = List.of(0f, 2f, -1f, 1f);

    @Test
    void aMapThatWasTurnedMirroredScaledAndShiftedLiesOnTheOtherAgain() {
        TokenMap onto = map(X, Y);
        TokenMap turned = map(
                Y.stream().map(y -> 3 * y + 5).toList(), // a mirror at the diagonal, three times as large
                X.stream().map(x -> 3 * x - 7).toList());
        TokenMap aligned = turned.aligned(onto);
        for (int i = 0; i < X.size(); i++) {
            assertThat(aligned.x().get(i)).isCloseTo(X.get(i), within(1e-4f));
            assertThat(aligned.y().get(i)).isCloseTo(Y.get(i), within(1e-4f));
        }
    }

    private static TokenMap map(List<Float> x, List<Float> y) {
        return new TokenMap(
                List.of(1, 2, 3, 4), List.of("a", "b", "c", "d"), List.of("latin", "latin", "latin", "latin"), x, y);
    }
}
