package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    @Test
    void aQuantileIsAnAgeThatThatShareDoesNotExceed() {
        long[] hundredDownToOne =
                LongStream.rangeClosed(1, 100).map(age -> 101 - age).toArray();
        assertThat(Quantiles.of(hundredDownToOne)).contains(new Quantiles(50, 95, 99));
        assertThat(hundredDownToOne).startsWith(100, 99);
    }

    @Test
    void oneAgeIsAllOfThem() {
        assertThat(Quantiles.of(new long[] {-7})).contains(new Quantiles(-7, -7, -7));
    }

    @Test
    void noAgesHaveNoQuantiles() {
        assertThat(Quantiles.of(new long[0])).isEmpty();
    }

    @Test
    void whatAnEventCarriedComesBack() {
        Quantiles written = new Quantiles(1, 2, 3);
        assertThat(Quantiles.from(written.fields())).contains(written);
        assertThat(Quantiles.from(List.of(1, 2, 3))).isEmpty();
    }
}
