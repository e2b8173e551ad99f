package org.alluvium.ingest.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTest {

    private static final int TEXTS = 100_000;

    private static Stream<ContentHash> hashes() {
        return IntStream.range(0, TEXTS).mapToObj(text -> ContentHasher.v1("text " + text));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.44, 0.5, 1, 1.9, 2.9, 3.4})
    void documentsAreRepeatedAsOftenAsTheEpochsSayOnAverage(double epochs) {
        Mixture mixture = new Mixture(Map.of("books", epochs), 1);
        double fraction = epochs - Math.floor(epochs);
        double sum = hashes().mapToInt(hash -> mixture.repeat("books", hash)).sum();

        assertThat(sum / TEXTS).isEqualTo(epochs, within(5 * Math.sqrt(fraction * (1 - fraction) / TEXTS)));
        assertThat(hashes().map(hash -> mixture.repeat("books", hash)).distinct())
                .allSatisfy(repeat -> assertThat((double) repeat).isEqualTo(epochs, within(1 - 1e-9)));
    }

    @Test
    void whoeverIsInAtSomeEpochsIsInAtMore() {
        Mixture fewer = new Mixture(Map.of("books", 0.3), 1);
        Mixture more = new Mixture(Map.of("books", 0.4), 1);

        assertThat(hashes())
                .allSatisfy(hash ->
                        assertThat(more.repeat("books", hash)).isGreaterThanOrEqualTo(fewer.repeat("books", hash)));
    }

    @Test
    void sourcesThatAreNotListedHaveTheEpochsOfTheOthers() {
        Mixture mixture = new Mixture(Map.of("books", 3.0), 0);

        assertThat(mixture.repeat("books", new ContentHash(1, 2))).isEqualTo(3);
        assertThat(mixture.repeat("web", new ContentHash(1, 2))).isZero();
        assertThat(Mixture.EVEN.repeat("web", new ContentHash(1, 2))).isEqualTo(1);
    }
}
