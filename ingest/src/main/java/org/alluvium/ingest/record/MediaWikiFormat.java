package org.alluvium.ingest.record;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.stream.XMLStreamException;
import org.alluvium.ingest.wiki.WikiPage;
import org.alluvium.ingest.wiki.WikiText;

/**
 * A page of a dump of MediaWiki, as the text that a reader sees. Only articles are documents: pages of other namespaces than
 * the main one, redirects, and pages that are not wikitext are skipped. The id is the page's own behind the source's name, so
 * that the page of a later dump is a new version of this one; the event time is the revision's.
 */
final class MediaWikiFormat implements DocumentFormat {

    private static final int MAIN_NAMESPACE = 0;

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        WikiPage page = page(content.bytes());
        if (page.redirect()) {
            return new Reading.Skip(SkipReason.REDIRECT);
        }
        if (page.namespace() != MAIN_NAMESPACE) {
            return new Reading.Skip(SkipReason.NOT_CONTENT);
        }
        if (!page.isWikitext()) {
            return new Reading.Skip(SkipReason.NOT_TEXT);
        }
        OptionalLong timestamp = page.timestamp().isPresent()
                ? OptionalLong.of(EventTime.parse(page.timestamp().get()))
                : OptionalLong.empty();
        return new Reading.DocumentFields(
                Optional.of(content.source() + ':' + page.id()),
                Optional.empty(),
                Utf8.replaceLoneSurrogates(WikiText.toText(page.text())),
                timestamp,
                Optional.empty(),
                Map.of("title", page.title()));
    }

    private static WikiPage page(byte[] element) throws RefusedException {
        try {
            return WikiPage.parse(element);
        } catch (XMLStreamException malformed) {
            throw new RefusedException(DeadLetterReason.NOT_XML, malformed.getMessage());
        }
    }
}
