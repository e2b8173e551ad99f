package org.alluvium.trainer.days;

import java.time.LocalDate;

/**
 * Days in a row, of UTC: one day, a month, a year, or everything before some year.
 *
 * @param from first day; {@link LocalDate#MIN} if there is none
 * @param to last day, inclusive
 */
public record Period(LocalDate from, LocalDate to) {

    private static final int MONTH = 7; // characters of 2026-11
    private static final int YEAR = 4;

    static Period day(LocalDate day) {
        return new Period(day, day);
    }

    static Period monthOf(LocalDate day) {
        return new Period(day.withDayOfMonth(1), day.withDayOfMonth(day.lengthOfMonth()));
    }

    static Period yearOf(LocalDate day) {
        return new Period(day.withDayOfYear(1), day.withDayOfYear(day.lengthOfYear()));
    }

    static Period before(LocalDate newYear) {
        return new Period(LocalDate.MIN, newYear.minusDays(1));
    }

    /** {@code 2026-11-23}, {@code 2026-11}, {@code 2026} or {@code before 2016}. */
    public String name() {
        if (from.equals(LocalDate.MIN)) {
            return "before " + (to.getYear() + 1);
        }
        if (from.equals(to)) {
            return from.toString();
        }
        return from.toString().substring(0, from.getMonth().equals(to.getMonth()) ? MONTH : YEAR);
    }
}
