package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextSampleTest {

    private static List<TextSample.Text> sample(List<String> texts, int most, long seed) {
        TextSample sample = new TextSample(most, seed);
        texts.forEach(sample::add);
        return sample.texts();
    }

    private static List<String> texts() {
        return IntStream.range(0, 500).mapToObj(i -> "text " + i).collect(Collectors.toList());
    }

    @Test
    void whichTextsAreTakenDependsOnTheSeedAndNotOnTheirOrder() {
        List<String> shuffled = texts();
        Collections.shuffle(shuffled, new Random(1));

        assertThat(sample(texts(), 50, 1)).hasSize(50).isEqualTo(sample(shuffled, 50, 1));
        assertThat(sample(texts(), 50, 2)).isNotEqualTo(sample(texts(), 50, 1));
    }

    @Test
    void theSameTextCountsOnce() {
        assertThat(sample(List.of("a", "b", "a", "a"), 3, 1))
                .extracting(TextSample.Text::text)
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aLargerSampleHoldsTheSmallerOne() {
        assertThat(sample(texts(), 60, 1)).containsAll(sample(texts(), 20, 1));
    }
}
