package org.alluvium.dashboard.run;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads times as {@link Instant#toString} writes them, such as {@code 2026-01-31T23:59:59.123Z}. The day is that of the line
 * before nearly always, so it is worked out once a day. For one thread.
 */
final class Timestamps {

    private static final int DATE = "2026-01-31".length();
    private static final int SECONDS_END = "2026-01-31T23:59:59".length();
    private static final long MILLIS_A_DAY = 86_400_000;
    private static final long MILLIS_A_SECOND = 1_000;

    private String date = "";
    private long midnight;

    /**
     * Milliseconds since the epoch; what is below one is cut off.
     *
     * @throws DateTimeException if it is none
     */
    long millis(byte[] text, int from, int length) {
        if (length <= SECONDS_END || text[from + DATE] != 'T' || text[from + length - 1] != 'Z') {
            throw new DateTimeException("'" + spelled(text, from, length) + "' is no time");
        }
        int time = from + DATE + 1;
        long minutes = 60L * digits(text, time, 2) + digits(text, time + 3, 2);
        long seconds = 60 * minutes + digits(text, time + 6, 2);
        return midnight(text, from) + seconds * MILLIS_A_SECOND + fraction(text, from, length);
    }

    private long midnight(byte[] text, int from) {
        for (int i = 0; i < DATE; i++) {
            if (date.isEmpty() || date.charAt(i) != text[from + i]) {
                date = spelled(text, from, DATE);
                midnight = LocalDate.parse(date).toEpochDay() * MILLIS_A_DAY;
                return midnight;
            }
        }
        return midnight;
    }

    private static long fraction(byte[] text, int from, int length) {
        return text[from + SECONDS_END] == '.' && length > SECONDS_END + 4
                ? digits(text, from + SECONDS_END + 1, 3)
                : 0;
    }

    private static int digits(byte[] text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            if (text[i] < '0' || text[i] > '9') {
                throw new DateTimeException("'" + spelled(text, from, count) + "' is no number of a time");
            }
            number = 10 * number + text[i] - '0';
        }
        return number;
    }

    private static String spelled(byte[] text, int from, int length) {
        return new String(text, from, length, StandardCharsets.UTF_8);
    }
}
