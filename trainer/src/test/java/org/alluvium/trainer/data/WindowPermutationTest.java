package org.alluvium.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowPermutationTest {

    @Test
    void theOrderIsFrozen() {
        assertThat(WindowPermutation_v1.of(1, 0, 8)).containsExactly(3, 6, 5, 4, 7, 1, 0, 2);
        assertThat(WindowPermutation_v1.of(-5, 7, 8)).containsExactly(5, 0, 6, 4, 1, 2, 7, 3);
    }

    @Test
    void aWindowOfOneKeepsItsDocument() {
        assertThat(WindowPermutation_v1.of(1, 0, 1)).containsExactly(0);
    }

    @Test
    void everyPlaceIsAboutEquallyLikely() {
        int size = 10;
        int windows = 20_000;
        int[] first = new int[size];
        for (int window = 0; window < windows; window++) {
            first[WindowPermutation_v1.of(42, window, size)[0]]++;
        }
        assertThat(IntStream.of(first).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(1_800, 2_200));
    }
}
