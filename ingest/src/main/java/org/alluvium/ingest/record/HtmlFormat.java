package org.alluvium.ingest.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.ingest.html.HtmlText;
import org.alluvium.ingest.html.Page;

/**
 * A web page: its main content is the text, its title the attribute {@code title}, the time of its publication the event
 * time, the address that it gives for itself the URL. A page without text is no document.
 */
final class HtmlFormat implements DocumentFormat {

    private static final String TITLE = "title";

    @Override
    public Reading parse(SourceRecord.Content content) {
        Page page = HtmlText.extract(content.bytes(), Optional.empty());
        if (page.text().isBlank()) {
            return withoutText(page);
        }
        return new Reading.DocumentFields(
                Optional.empty(),
                page.url(),
                page.text(),
                page.published()
                        .map(time -> OptionalLong.of(time.toEpochMilli()))
                        .orElse(OptionalLong.empty()),
                page.language(),
                titleOf(page));
    }

    /** What a page without text is: one that only sends browsers elsewhere, or one that programs fill in a browser. */
    static Reading withoutText(Page page) {
        return new Reading.Skip(page.redirects() ? SkipReason.REDIRECT : SkipReason.NO_TEXT);
    }

    /** The attributes that begin with the page's title; to be added to. */
    static Map<String, String> titleOf(Page page) {
        Map<String, String> attributes = new HashMap<>();
        page.title().ifPresent(title -> attributes.put(TITLE, title));
        return attributes;
    }
}
