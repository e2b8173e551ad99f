package org.alluvium.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void eachIsOneOfTheValuesThatThatShareDoesNotExceed() {
        long[] hundredDownToOne =
                LongStream.rangeClosed(1, 100).map(value -> 101 - value).toArray();
        assertThat(Percentiles.of(hundredDownToOne, 1)).contains(new Percentiles(50, 95, 99));
        assertThat(hundredDownToOne).startsWith(100, 99);
    }

    @Test
    void oneValueIsAllOfThem() {
        assertThat(Percentiles.of(new long[] {1500}, 1000)).contains(new Percentiles(1.5, 1.5, 1.5));
    }

    @Test
    void noValuesHaveNone() {
        assertThat(Percentiles.of(new long[0], 1)).isEmpty();
    }

    @Test
    void whatAnEventCarriedComesBack() {
        Percentiles written = new Percentiles(1, 2.5, 3);
        assertThat(Percentiles.from(written.fields())).contains(written);
        assertThat(Percentiles.from(List.of(1, 2, 3))).isEmpty();
    }
}
