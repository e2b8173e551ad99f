package org.alluvium.ingest.html;

import net.dankito.readability4j.Readability4J;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;

/**
 * Finds the main content of a page with Readability4J, a port of the Readability of a well-known browser; why this one is
 * told in {@code docs/design/0007-main-content.md}. Where it finds nothing, or the page is so large that its algorithm, which
 * looks through the whole of each element again and again, would take minutes, the content is the whole page but for the
 * elements that by their names are something else.
 */
final class MainContent {

    /** Twelve times the elements of the largest of 181 news pages; a page of so many takes seconds. */
    private static final int MAX_ELEMENTS = 20_000;

    /** Sixteen times the largest sum of depths in the same pages. */
    private static final long MAX_DEPTHS = 400_000;

    private static final String SURROUNDINGS =
            "nav, header, footer, aside, menu, [role=navigation], [role=banner], [role=contentinfo], [role=search]";

    /** Links come out absolute and are not looked at; without an address each page would be logged as an error. */
    private static final String ADDRESS = "http://page.invalid/";

    private MainContent() {}

    /** The text of the main content. The document may be changed or taken apart. */
    static String of(Document document) {
        Element body = document.body();
        if (body.hasText() && isSmall(document)) {
            String article = readable(prepared(document.clone()));
            if (!article.isBlank()) {
                return article;
            }
        }
        body.select(SURROUNDINGS).remove();
        return TextBlocks.of(body);
    }

    /**
     * Clears up what the algorithm mistakes: the menu of a short page counts as text, and a page that is one form, as some
     * servers make them, as a form to be left out.
     */
    private static Document prepared(Document document) {
        document.select("nav, [role=navigation]").remove();
        document.select("form:has(p)").unwrap();
        return document;
    }

    private static String readable(Document document) {
        try {
            Element article = new Readability4J(ADDRESS, document).parse().getArticleContent();
            return article == null ? "" : TextBlocks.of(article);
        } catch (RuntimeException | StackOverflowError heuristicsFailed) {
            // A page that its heuristics were not made for still has a text: all of it.
            return "";
        }
    }

    private static boolean isSmall(Document document) {
        Size size = new Size();
        document.traverse(size);
        return size.elements <= MAX_ELEMENTS && size.depths <= MAX_DEPTHS;
    }

    private static final class Size implements NodeVisitor {
        private int elements;
        private long depths;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element) {
                elements++;
                depths += depth;
            }
        }
    }
}
