package org.alluvium.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private final Timestamps timestamps = new Timestamps();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59.999Z",
                "2026-11-22T18:14:34.123456Z",
                "2026-11-22T18:14:34.123456789Z",
                "2031-12-31T12:00:00.001Z"
            })
    void timesAreThoseOfTheLibrary(String text) {
        assertThat(millis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @Test
    void theDayIsWorkedOutAnewWhereItChanges() {
        assertThat(millis("2026-11-22T23:59:59Z")).isEqualTo(millis("2026-11-23T00:00:00Z") - 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-22",
                "2026-11-22T18:14:34",
                "2026-13-22T18:14:34Z",
                "2026-11-22T18:1x:34Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> millis(text)).isInstanceOf(DateTimeException.class);
    }

    private long millis(String text) {
        byte[] padded = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        return timestamps.millis(padded, 1, text.length());
    }
}
