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
            "nav, header, footer, aside, form, menu, [role=navigation], [role=banner], [role=contentinfo], [role=search]";

    private MainContent() {}

    /** The element with the main content. The document may be changed or taken apart. */
    static Element of(Document document) {
        Element body = document.body();
        if (body.hasText() && isSmall(document)) {
            Element article = readable(document.clone());
            if (article != null && article.hasText()) {
                return article;
            }
        }
        body.select(SURROUNDINGS).remove();
        return body;
    }

    private static Element readable(Document document) {
        try {
            return new Readability4J("", document).parse().getArticleContent();
        } catch (RuntimeException | StackOverflowError heuristicsFailed) {
            // A page that its heuristics were not made for still has a text: all of it.
            return null;
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
