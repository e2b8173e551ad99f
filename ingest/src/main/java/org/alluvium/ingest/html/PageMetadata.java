package org.alluvium.ingest.html;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a page says about itself, outside its text. */
record PageMetadata(
        Optional<String> title,
        Optional<Instant> published,
        Optional<String> language,
        Optional<String> url,
        boolean redirects) {

    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");

    static PageMetadata of(Document document) {
        return new PageMetadata(
                title(document),
                PageDate.of(document),
                attribute(document, "html[lang]", "lang")
                        .filter(tag -> LANGUAGE_TAG.matcher(tag).matches()),
                attribute(document, "link[rel=canonical][href]", "href")
                        .or(() -> attribute(document, "meta[property=og:url]", "content"))
                        .filter(PageMetadata::isAbsolute),
                document.selectFirst("meta[http-equiv=refresh][content*=url]") != null);
    }

    /** The title for sharing comes without the site's name, so it goes before the one in the browser's frame. */
    private static Optional<String> title(Document document) {
        return attribute(document, "meta[property=og:title]", "content")
                .or(() -> notBlank(document.title()))
                .or(() -> Optional.ofNullable(document.selectFirst("h1")).flatMap(heading -> notBlank(heading.text())));
    }

    static Optional<String> attribute(Element within, String selector, String name) {
        return Optional.ofNullable(within.selectFirst(selector)).flatMap(element -> notBlank(element.attr(name)));
    }

    private static Optional<String> notBlank(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }

    private static boolean isAbsolute(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }
}
