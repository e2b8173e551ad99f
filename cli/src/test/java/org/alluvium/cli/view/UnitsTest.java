package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnitsTest {

    @Test
    void bytesAreScaledInPowersOfTwo() {
        assertThat(Units.bytes(0)).isEqualTo("0 bytes");
        assertThat(Units.bytes(1023)).isEqualTo("1023 bytes");
        assertThat(Units.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    @Test
    void ratesHaveThreeFigures() {
        assertThat(Units.rate(0)).isEqualTo("0.00");
        assertThat(Units.rate(9.999)).isEqualTo("10.00");
        assertThat(Units.rate(45.64)).isEqualTo("45.6");
        assertThat(Units.rate(1234.5)).isEqualTo("1,235");
    }

    @Test
    void durationsHaveTwoUnits() {
        assertThat(Units.duration(Duration.ofMillis(-5))).isEqualTo("0 s");
        assertThat(Units.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Units.duration(Duration.ofSeconds(250))).isEqualTo("4 min 10 s");
        assertThat(Units.duration(Duration.ofMinutes(185))).isEqualTo("3 h 05 min");
        assertThat(Units.duration(Duration.ofHours(52))).isEqualTo("2 d 4 h");
        assertThat(Units.duration(Duration.ofDays(8_003).plusHours(4))).isEqualTo("8,003 d");
    }
}
