package org.alluvium.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.alluvium.contracts.document.ContentHash;
import org.junit.jupiter.api.Test;

class ContentDrawTest {

    private static final int TEXTS = 100_000;

    private static double[] draws(long purpose) {
        return IntStream.range(0, TEXTS)
                .mapToDouble(text -> ContentDraw.v1(ContentHasher.v1("text " + text), purpose))
                .toArray();
    }

    @Test
    void theNumberOfATextNeverChanges() {
        assertThat(ContentDraw.v1(new ContentHash(0, 0), 0)).isEqualTo(0.13870941014555427);
        assertThat(ContentDraw.v1(new ContentHash(1, 2), 3)).isEqualTo(0.8365859645792849);
    }

    @Test
    void numbersAreSpreadEvenly() {
        int[] tenths = new int[10];
        for (double draw : draws(1)) {
            tenths[(int) (draw * 10)]++;
        }

        assertThat(Arrays.stream(tenths))
                .allSatisfy(count -> assertThat(count).isCloseTo(TEXTS / 10, within(500))); // five deviations
    }

    @Test
    void numbersForDifferentPurposesHaveNothingToDoWithOneAnother() {
        double[] some = draws(1);
        double[] others = draws(2);
        long both = IntStream.range(0, TEXTS)
                .filter(text -> some[text] < 0.5 && others[text] < 0.5)
                .count();

        assertThat((int) both).isCloseTo(TEXTS / 4, within(700)); // five deviations
    }
}
