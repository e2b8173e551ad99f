package org.alluvium.trainer.days;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.alluvium.trainer.data.TrainingDocument;

/**
 * The day, of UTC, that a document counts to.
 *
 * @param by what it is the day of
 */
public record Dated(By by, LocalDate day) {

    /** What clocks of publishers and time zones are forgiven. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** What a day is that of. */
    public enum By {
        PUBLISHED,
        /** Of documents without a date, or with one that was to come when they were committed. */
        READ
    }

    /** The day of a document; that of its commit where a shard of an older release does not tell when it was read. */
    static Dated of(TrainingDocument.Times times) {
        boolean credible = times.eventMillis() > 0 && times.eventMillis() <= times.commitMillis() + AHEAD.toMillis();
        return credible
                ? new Dated(By.PUBLISHED, day(times.eventMillis()))
                : new Dated(By.READ, day(times.ingestMillis().orElse(times.commitMillis())));
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
