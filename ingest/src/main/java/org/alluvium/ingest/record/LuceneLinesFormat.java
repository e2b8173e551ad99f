package org.alluvium.ingest.record;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The line format of Lucene's benchmark corpora: {@code title TAB date TAB body}. The body is the text and may hold
 * further tabs, the title becomes the attribute {@code title} unless it is blank, and the date, ISO 8601 and UTC, is the
 * event time.
 */
final class LuceneLinesFormat implements DocumentFormat {

    private static final String TITLE = "title";

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        String line = Utf8.decode(content.bytes());
        int afterTitle = line.indexOf('\t');
        int afterDate = line.indexOf('\t', afterTitle + 1);
        if (afterTitle < 0 || afterDate < 0) {
            throw new RefusedException(
                    DeadLetterReason.WRONG_COLUMNS, "title, date and body, separated by tabs, are expected");
        }
        String title = line.substring(0, afterTitle);
        return new Reading.DocumentFields(
                Optional.empty(),
                Optional.empty(),
                line.substring(afterDate + 1),
                OptionalLong.of(EventTime.parse(line.substring(afterTitle + 1, afterDate))),
                Optional.empty(),
                title.isBlank() ? Map.of() : Map.of(TITLE, title));
    }
}
