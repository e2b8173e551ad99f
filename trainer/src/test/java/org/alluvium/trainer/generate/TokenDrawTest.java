package org.alluvium.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.alluvium.contracts.error.ConfigException;
import org.junit.jupiter.api.Test;

class TokenDrawTest {

    /** Probabilities 0.1, 0.4, 0.2, 0.3. */
    private static final float[] LOGITS = {
        (float) Math.log(1), (float) Math.log(4), (float) Math.log(2), (float) Math.log(3)
    };

    @Test
    void temperatureZeroTakesTheLikeliestAndTheLowerIdOfEquals() {
        assertThat(new TokenDraw(Sampling.GREEDY).next(LOGITS)).isEqualTo(1);
        assertThat(new TokenDraw(Sampling.GREEDY).next(new float[] {1, 2, 2})).isEqualTo(1);
    }

    @Test
    void temperatureOneDrawsByProbability() {
        assertThat(frequencies(new Sampling(1, 0, 1, 7)))
                .containsExactly(new double[] {0.1, 0.4, 0.2, 0.3}, within(0.02));
    }

    @Test
    void aLowTemperatureSharpens() {
        assertThat(frequencies(new Sampling(0.5, 0, 1, 7)))
                .containsExactly(new double[] {1 / 30.0, 16 / 30.0, 4 / 30.0, 9 / 30.0}, within(0.02));
    }

    @Test
    void topKKeepsTheLikeliest() {
        assertThat(frequencies(new Sampling(1, 2, 1, 7)))
                .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(0.02));
    }

    @Test
    void topPKeepsTheFewestThatReachTheSum() {
        assertThat(frequencies(new Sampling(1, 0, 0.69, 7)))
                .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(0.02));
        assertThat(frequencies(new Sampling(1, 0, 0.01, 7))).containsExactly(new double[] {0, 1, 0, 0}, within(1e-6));
    }

    @Test
    void theLikeliestAreFoundAmongNegativeAndEqualOnes() {
        float[] logits = {-3, -1, -2, -1, -0f, Float.NEGATIVE_INFINITY};
        assertThat(new TokenDraw(Sampling.GREEDY).next(logits)).isEqualTo(4);
        TokenDraw draw = new TokenDraw(new Sampling(1, 3, 1, 7));
        assertThat(IntStream.range(0, 1000).map(i -> draw.next(logits)).distinct())
                .containsExactlyInAnyOrder(4, 1, 3);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(drawn(new Sampling(1, 0, 1, 3))).isEqualTo(drawn(new Sampling(1, 0, 1, 3)));
        assertThat(drawn(new Sampling(1, 0, 1, 3))).isNotEqualTo(drawn(new Sampling(1, 0, 1, 4)));
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Sampling(-1, 0, 1, 0)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new Sampling(1, -1, 1, 0)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new Sampling(1, 0, 0, 0)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new Sampling(Double.NaN, 0, 1, 0)).isInstanceOf(ConfigException.class);
    }

    private static int[] drawn(Sampling sampling) {
        TokenDraw draw = new TokenDraw(sampling);
        return IntStream.range(0, 10_000).map(i -> draw.next(LOGITS)).toArray();
    }

    private static double[] frequencies(Sampling sampling) {
        double[] frequencies = new double[LOGITS.length];
        for (int id : drawn(sampling)) {
            frequencies[id] += 1e-4;
        }
        return frequencies;
    }
}
