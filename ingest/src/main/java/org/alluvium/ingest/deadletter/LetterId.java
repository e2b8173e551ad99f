package org.alluvium.ingest.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one dead letter of a corpus for good: log entries never change, and neither do the files they name. Written {@code
 * entry.number}.
 *
 * @param entry sequence of the log entry that published the letter
 * @param number place of the letter among those of that entry, counted from 1
 */
public record LetterId(long entry, long number) implements Comparable<LetterId> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    /**
     * Parses {@link #toString()}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static LetterId parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a dead letter is named entry.number, such as 42.3, not '" + text + "'");
        }
        return new LetterId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    @Override
    public int compareTo(LetterId other) {
        int byEntry = Long.compare(entry, other.entry);
        return byEntry != 0 ? byEntry : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return entry + "." + number;
    }
}
