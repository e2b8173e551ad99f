package org.alluvium.ingest.record;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.alluvium.ingest.html.HtmlText;
import org.alluvium.ingest.html.Page;
import org.alluvium.ingest.html.PageCharset;
import org.alluvium.ingest.warc.HttpResponse;
import org.alluvium.ingest.warc.MalformedMessageException;
import org.alluvium.ingest.warc.MediaType;
import org.alluvium.ingest.warc.WarcRecord;

/**
 * A record of a web archive. Of a WARC file the pages and plain texts that servers sent are documents (records of the types
 * response and resource), of a WET file the texts that were made of them (conversion). The URL is the record's target, a
 * page's title the attribute {@code title}. The event time is when a page says that it was published, and then the attribute
 * {@code fetched} is when the record was made; otherwise the latter is the event time.
 */
final class WarcFormat implements DocumentFormat {

    private static final String RESPONSE = "response";
    private static final String RESOURCE = "resource";
    private static final String CONVERSION = "conversion";
    private static final String CONTINUATION = "continuation";

    private static final String FETCHED = "fetched";
    private static final String HTTP = "application/http";
    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");
    private static final Set<String> TEXTS = Set.of("text/plain", "text/markdown");

    private final Set<String> types;

    private WarcFormat(Set<String> types) {
        this.types = types;
    }

    static WarcFormat warc() {
        return new WarcFormat(Set.of(RESPONSE, RESOURCE));
    }

    static WarcFormat wet() {
        return new WarcFormat(Set.of(CONVERSION));
    }

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        WarcRecord record = recordOf(content);
        String type = record.type();
        if (type.equals(CONTINUATION)) {
            throw new RefusedException(
                    DeadLetterReason.NOT_WARC, "the record is a segment of another one, and segments are not joined");
        }
        if (!types.contains(type)) {
            return new Reading.Skip(SkipReason.METADATA);
        }
        MediaType blockType = record.contentType();
        if (type.equals(RESPONSE) && blockType.name().equals(HTTP)) {
            return response(record);
        }
        return body(record, record.block(), blockType);
    }

    private static WarcRecord recordOf(SourceRecord.Content content) throws RefusedException {
        try {
            return WarcRecord.parse(content.bytes());
        } catch (MalformedMessageException malformed) {
            throw new RefusedException(DeadLetterReason.NOT_WARC, malformed.getMessage());
        }
    }

    private static Reading response(WarcRecord record) throws RefusedException {
        try {
            HttpResponse response = HttpResponse.parse(record.block());
            if (response.isRedirect()) {
                return new Reading.Skip(SkipReason.REDIRECT);
            }
            if (!response.isSuccess()) {
                return new Reading.Skip(SkipReason.HTTP_ERROR);
            }
            MediaType type = response.contentType();
            // What is no text may be large, and is not decoded for nothing.
            return isText(type) ? body(record, response.content(), type) : new Reading.Skip(SkipReason.NOT_TEXT);
        } catch (MalformedMessageException malformed) {
            throw new RefusedException(DeadLetterReason.NOT_HTTP, malformed.getMessage());
        }
    }

    private static boolean isText(MediaType type) {
        return PAGES.contains(type.name()) || TEXTS.contains(type.name());
    }

    private static Reading body(WarcRecord record, byte[] body, MediaType type) throws RefusedException {
        if (PAGES.contains(type.name())) {
            return page(record, HtmlText.extract(body, type.charset()));
        }
        if (TEXTS.contains(type.name())) {
            return text(record, PageCharset.decode(body, type.charset()));
        }
        return new Reading.Skip(SkipReason.NOT_TEXT);
    }

    private static Reading page(WarcRecord record, Page page) throws RefusedException {
        if (page.text().isBlank()) {
            return HtmlFormat.withoutText(page);
        }
        Map<String, String> attributes = HtmlFormat.titleOf(page);
        OptionalLong time = made(record);
        if (page.published().isPresent()) {
            record.date().ifPresent(date -> attributes.put(FETCHED, date));
            time = OptionalLong.of(page.published().get().toEpochMilli());
        }
        return new Reading.DocumentFields(
                Optional.empty(), record.targetUri(), page.text(), time, page.language(), attributes);
    }

    private static Reading text(WarcRecord record, String text) throws RefusedException {
        if (text.isBlank()) {
            return new Reading.Skip(SkipReason.NO_TEXT);
        }
        return new Reading.DocumentFields(
                Optional.empty(), record.targetUri(), text, made(record), Optional.empty(), Map.of());
    }

    private static OptionalLong made(WarcRecord record) throws RefusedException {
        Optional<String> date = record.date();
        return date.isPresent() ? OptionalLong.of(EventTime.parse(date.get())) : OptionalLong.empty();
    }
}
