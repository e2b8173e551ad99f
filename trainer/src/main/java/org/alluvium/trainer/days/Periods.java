package org.alluvium.trainer.days;

import java.time.LocalDate;

/**
 * Which periods days fall into, so that there are few of them, and short ones where news is made: single days from the first of
 * the month on that was {@value #DAYS} days before the newest day; months from the January on that was {@value #MONTHS} months
 * before those; the {@value #YEARS} years before that; and all that is older. At most 51 days, 23 months, and 11 more. As the newest
 * day moves on, periods are only ever joined.
 *
 * @param newest day there is
 */
record Periods(LocalDate newest) {

    private static final int DAYS = 20;
    private static final int MONTHS = 12;
    private static final int YEARS = 10;

    Period of(LocalDate day) {
        LocalDate days = newest.minusDays(DAYS).withDayOfMonth(1);
        LocalDate months = days.minusMonths(MONTHS).withDayOfYear(1);
        LocalDate years = months.minusYears(YEARS);
        if (!day.isBefore(days)) {
            return Period.day(day);
        }
        if (!day.isBefore(months)) {
            return Period.monthOf(day);
        }
        return day.isBefore(years) ? Period.before(years) : Period.yearOf(day);
    }
}
