package org.alluvium.ingest.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Event times as producers write them. */
final class EventTime {

    /** ISO 8601 with 'T' or a blank between date and time; the time, and its offset, may be left out. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private EventTime() {}

    /**
     * Milliseconds since the epoch of an ISO 8601 date or date and time; UTC where no offset is given, midnight where no
     * time is.
     */
    static long parse(String text) throws RefusedException {
        try {
            TemporalAccessor parsed =
                    ISO.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return toInstant(parsed).toEpochMilli();
        } catch (DateTimeException | ArithmeticException malformed) {
            throw new RefusedException(
                    DeadLetterReason.BAD_TIME, "not an ISO 8601 date or time: " + Excerpt.quote(text));
        }
    }

    private static Instant toInstant(TemporalAccessor parsed) {
        if (parsed instanceof OffsetDateTime withOffset) {
            return withOffset.toInstant();
        }
        if (parsed instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        return ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
