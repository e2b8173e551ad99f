package org.alluvium.trainer.days;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeriodsTest {

    private static final LocalDate OLDEST = LocalDate.of(1990, 1, 1);

    @Test
    void newDaysStandAloneAndOlderOnesAreJoined() {
        Periods periods = new Periods(LocalDate.of(2026, 11, 23));

        assertThat(List.of(
                        "2026-11-23",
                        "2026-11-01",
                        "2026-10-31",
                        "2025-01-01",
                        "2024-12-31",
                        "2015-01-01",
                        "2014-12-31"))
                .extracting(day -> periods.of(LocalDate.parse(day)).name())
                .containsExactly("2026-11-23", "2026-11-01", "2026-10", "2025-01", "2024", "2015", "before 2015");
    }

    @Test
    void thereAreFewHoweverOldTheDaysAre() {
        for (LocalDate newest = LocalDate.of(2024, 1, 1); newest.getYear() < 2025; newest = newest.plusDays(7)) {
            Periods periods = new Periods(newest);
            Set<Period> found = new LinkedHashSet<>();
            for (LocalDate day = OLDEST; !day.isAfter(newest); day = day.plusDays(1)) {
                Period period = periods.of(day);
                assertThat(day).isBetween(period.from(), period.to());
                found.add(period);
            }
            assertThat(found).hasSizeBetween(21 + 12 + 11, 51 + 23 + 11);
            assertThat(found).extracting(Period::name).doesNotHaveDuplicates();
        }
    }

    @Test
    void asTimeGoesOnPeriodsAreOnlyJoined() {
        Periods before = new Periods(LocalDate.of(2024, 2, 20));
        for (LocalDate newest = before.newest(); newest.getYear() < 2026; newest = newest.plusDays(11)) {
            Periods after = new Periods(newest);
            for (LocalDate day = OLDEST; !day.isAfter(before.newest()); day = day.plusDays(1)) {
                Period part = before.of(day);
                Period whole = after.of(day);
                assertThat(part.from()).isAfterOrEqualTo(whole.from());
                assertThat(part.to()).isBeforeOrEqualTo(whole.to());
            }
            before = after;
        }
    }
}
