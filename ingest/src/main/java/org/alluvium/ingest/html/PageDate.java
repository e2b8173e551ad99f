package org.alluvium.ingest.html;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * When a page was published: the first date that can be read, looked for where pages put it (the article's metadata, linked
 * data, microdata, the first {@code time} element). UTC where no offset is given, midnight where no time is.
 */
final class PageDate {

    /** Selectors and attributes, the most reliable first. */
    private static final List<Place> PLACES = List.of(
            new Place("meta[property=article:published_time]", "content"),
            new Place("meta[itemprop=datePublished]", "content"),
            new Place("[itemprop=datePublished][datetime]", "datetime"),
            new Place("meta[name=date]", "content"),
            new Place("meta[name=pubdate]", "content"),
            new Place("meta[name=dc.date], meta[name=dcterms.date], meta[name=dcterms.created]", "content"),
            new Place("time[pubdate][datetime]", "datetime"),
            new Place("article time[datetime]", "datetime"));

    private static final Pattern LINKED_DATA = Pattern.compile("\"datePublished\"\\s*:\\s*\"([^\"]{8,40})\"");

    /** ISO 8601 as pages write it: a blank for the 'T', no seconds, offsets with or without colon, or only a date. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[ ][XXX][XX]")
            .toFormatter(Locale.ROOT);

    private static final int FIRST_YEAR_OF_THE_WEB = 1990;
    private static final int LAST_YEAR = 2100;

    private record Place(String selector, String attribute) {}

    private PageDate() {}

    static Optional<Instant> of(Document document) {
        for (Place place : PLACES) {
            Optional<Instant> date = PageMetadata.attribute(document, place.selector(), place.attribute())
                    .flatMap(PageDate::parse);
            if (date.isPresent()) {
                return date;
            }
        }
        return linkedData(document);
    }

    private static Optional<Instant> linkedData(Document document) {
        for (Element script : document.select("script[type=application/ld+json]")) {
            Matcher published = LINKED_DATA.matcher(script.data());
            if (published.find()) {
                return parse(published.group(1));
            }
        }
        return Optional.empty();
    }

    static Optional<Instant> parse(String text) {
        return parse(text.strip(), ISO).or(() -> parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter format) {
        try {
            Instant instant =
                    toInstant(format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year >= FIRST_YEAR_OF_THE_WEB && year <= LAST_YEAR ? Optional.of(instant) : Optional.empty();
        } catch (DateTimeException notInThisForm) {
            return Optional.empty();
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
