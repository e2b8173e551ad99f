package org.alluvium.cli.chaos.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void ofAHundredFiguresTheFiftiethAndTheNinetyFifth() {
        assertThat(Percentiles.of(IntStream.rangeClosed(1, 100).asDoubleStream()))
                .isEqualTo(new Percentiles(100, 50, 95, 100));
    }

    @Test
    void ofOneFigureAllAreThatOne() {
        assertThat(Percentiles.of(DoubleStream.of(7))).isEqualTo(new Percentiles(1, 7, 7, 7));
    }

    @Test
    void ofNoneAllAreNothing() {
        assertThat(Percentiles.of(DoubleStream.empty())).isEqualTo(new Percentiles(0, 0, 0, 0));
    }
}
