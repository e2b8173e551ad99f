package org.alluvium.ingest.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.ingest.markdown.MarkdownDocument;

/**
 * Markdown, UTF-8, as the text that a reader sees. Of its front matter {@code title} is the title, or else the first heading
 * is; {@code date} is the event time if it is an ISO 8601 date or time; {@code lang} or {@code language} is the language; all
 * else, and a date of another kind, are attributes.
 */
final class MarkdownFormat implements DocumentFormat {

    private static final String TITLE = "title";
    private static final String DATE = "date";

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        MarkdownDocument document = MarkdownDocument.parse(Utf8.decodeText(content.bytes()));
        Map<String, String> attributes = new HashMap<>(document.frontMatter());
        document.heading().ifPresent(heading -> attributes.putIfAbsent(TITLE, heading));
        Optional<String> language = Optional.ofNullable(attributes.remove("lang"))
                .or(() -> Optional.ofNullable(attributes.remove("language")));
        OptionalLong date = date(attributes.get(DATE));
        if (date.isPresent()) {
            attributes.remove(DATE);
        }
        return new Reading.DocumentFields(
                Optional.empty(),
                Optional.empty(),
                Utf8.replaceLoneSurrogates(document.text()),
                date,
                language,
                attributes);
    }

    /** Authors write dates as they like, and a document is not refused for that. */
    private static OptionalLong date(String value) {
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(EventTime.parse(value));
        } catch (RefusedException anotherKind) {
            return OptionalLong.empty();
        }
    }
}
