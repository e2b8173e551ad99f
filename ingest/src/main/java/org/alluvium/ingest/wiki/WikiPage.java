package org.alluvium.ingest.wiki;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page as a dump of MediaWiki holds it (export schema 0.3 and later): one {@code page} element. Of a page with its
 * history, the last revision counts.
 *
 * @param id of the page, unique in its wiki
 * @param title with the namespace's name before it
 * @param namespace its number; 0 holds the articles
 * @param redirect whether the page only leads to another
 * @param timestamp of the revision, as it is written
 * @param model what kind of content the text is: {@code wikitext}, unless the page says otherwise
 * @param text of the revision; empty where it was deleted
 * @see <a href="https://www.mediawiki.org/wiki/Help:Export">the export format</a>
 */
public record WikiPage(
        String id,
        String title,
        int namespace,
        boolean redirect,
        Optional<String> timestamp,
        String model,
        String text) {

    private static final String WIKITEXT = "wikitext";

    private static final String NO_LIMIT = "0";

    private static final XMLInputFactory XML = factory();

    /** Whether the text is wikitext. */
    public boolean isWikitext() {
        return model.equals(WIKITEXT);
    }

    /**
     * Reads the bytes of one element, UTF-8.
     *
     * @throws XMLStreamException if they are not one well-formed element, or it has no id or title
     */
    public static WikiPage parse(byte[] element) throws XMLStreamException {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(element), "UTF-8");
        try {
            return new Builder().read(reader);
        } finally {
            reader.close();
        }
    }

    /**
     * The JDK's own, whatever else is on the class path; without entities from anywhere. Its limits are for those, but count
     * the escaped characters of a long page too.
     */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", NO_LIMIT);
        factory.setProperty("jdk.xml.totalEntitySizeLimit", NO_LIMIT);
        return factory;
    }

    /** Collects what a page says while its elements go by. */
    private static final class Builder {

        private String id;
        private String title;
        private int namespace;
        private boolean redirect;
        private Optional<String> timestamp = Optional.empty();
        private String model = WIKITEXT;
        private String text = "";

        WikiPage read(XMLStreamReader reader) throws XMLStreamException {
            int depth = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    depth -= take(reader) ? 1 : 0;
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
            if (depth != 0 || id == null || title == null) {
                throw new XMLStreamException("the page has no id or no title");
            }
            return new WikiPage(id, title, namespace, redirect, timestamp, model, text);
        }

        /** Whether the element was read to its end. */
        private boolean take(XMLStreamReader reader) throws XMLStreamException {
            switch (reader.getLocalName()) {
                case "title" -> title = reader.getElementText();
                case "ns" -> namespace = namespace(reader);
                case "timestamp" -> timestamp = Optional.of(reader.getElementText());
                case "model" -> model = reader.getElementText();
                case "text" -> text = reader.getElementText();
                case "id" -> {
                    // The page's comes before those of its revisions and their authors.
                    String value = reader.getElementText();
                    id = id == null ? value : id;
                }
                default -> {
                    redirect |= reader.getLocalName().equals("redirect");
                    return false;
                }
            }
            return true;
        }

        private static int namespace(XMLStreamReader reader) throws XMLStreamException {
            String number = reader.getElementText();
            try {
                return Integer.parseInt(number.strip());
            } catch (NumberFormatException malformed) {
                throw new XMLStreamException("the namespace is not a number: " + number, malformed);
            }
        }
    }
}
