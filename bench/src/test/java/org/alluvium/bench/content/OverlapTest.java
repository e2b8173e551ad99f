package org.alluvium.bench.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverlapTest {

    @Test
    void spacesAndPunctuationDoNotMatter() {
        assertThat(Overlap.of("one, two three; four five", "one two\nthree four - five!"))
                .isEqualTo(new Overlap(2, 0, 0));
    }

    @Test
    void runsCountAsOftenAsTheyOccur() {
        Overlap overlap = Overlap.of("a b c d a b c d", "a b c d");
        assertThat(overlap).isEqualTo(new Overlap(1, 4, 0));
        assertThat(overlap.precision()).isEqualTo(1);
        assertThat(overlap.recall()).isEqualTo(0.2);
    }

    @Test
    void whatIsShorterThanARunIsOneRun() {
        assertThat(Overlap.of("one two", "one two")).isEqualTo(new Overlap(1, 0, 0));
        assertThat(Overlap.of("", "one two")).isEqualTo(new Overlap(0, 0, 1));
    }
}
