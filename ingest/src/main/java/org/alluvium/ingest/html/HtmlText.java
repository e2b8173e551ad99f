package org.alluvium.ingest.html;

import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/** The text of web pages. Every input is a page: browsers refuse none, and neither does this. Thread-safe. */
public final class HtmlText {

    private HtmlText() {}

    /**
     * The main content of a page: what is left without navigation, advertisements and what else surrounds it.
     *
     * @param html a page in any encoding, see {@link PageCharset}
     * @param declaredCharset what the server or the mail called the encoding
     */
    public static Page extract(byte[] html, Optional<String> declaredCharset) {
        Document document = parse(PageCharset.decode(html, declaredCharset));
        PageMetadata metadata = PageMetadata.of(document); // before extraction, which takes the page apart
        return new Page(
                MainContent.of(document),
                metadata.title(),
                metadata.published(),
                metadata.language(),
                metadata.url(),
                metadata.redirects());
    }

    /** All that a browser would show of a page or of a part of one. */
    public static String visibleText(String html) {
        return TextBlocks.of(parse(html).body());
    }

    private static Document parse(String html) {
        return Parser.htmlParser().parseInput(html, "");
    }
}
