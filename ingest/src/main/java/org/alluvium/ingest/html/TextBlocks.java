package org.alluvium.ingest.html;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Writes elements as plain text the way a browser would lay them out: blocks on lines of their own, an empty line around
 * paragraphs, headings, lists and tables, a dash before an item, a tab between cells. White space collapses except in
 * preformatted text.
 */
final class TextBlocks implements NodeFilter {

    /** Elements that show nothing, or nothing that is text. */
    private static final Set<String> INVISIBLE = Set.of(
            "head",
            "title",
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "audio",
            "video",
            "canvas",
            "select",
            "datalist",
            "dialog");

    private static final Set<String> PARAGRAPHS = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table", "pre", "figure", "hr");

    private final StringBuilder out = new StringBuilder();
    private int feedsDue;
    private boolean blankDue;
    private int preformatted;

    private TextBlocks() {}

    /** The visible text of an element; iterative, so no depth of nesting is too much. */
    static String of(Element element) {
        TextBlocks blocks = new TextBlocks();
        element.filter(blocks);
        return blocks.out.toString();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            write(text.getWholeText());
        } else if (node instanceof Element element) {
            if (INVISIBLE.contains(element.normalName()) || element.hasAttr("hidden")) {
                return FilterResult.SKIP_ENTIRELY;
            }
            begin(element);
        }
        return FilterResult.CONTINUE;
    }

    private void begin(Element element) {
        switch (element.normalName()) {
            case "br" -> feedsDue = Math.min(2, feedsDue + 1);
            case "td", "th" -> cell();
            case "pre", "textarea" -> {
                endLine(element);
                preformatted++;
            }
            case "li" -> {
                endLine(element);
                write("- ");
            }
            default -> endLine(element);
        }
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            String name = element.normalName();
            if (name.equals("pre") || name.equals("textarea")) {
                preformatted--;
            }
            if (!name.equals("td") && !name.equals("th") && !name.equals("br")) {
                endLine(element);
            }
        }
        return FilterResult.CONTINUE;
    }

    private void endLine(Element element) {
        if (PARAGRAPHS.contains(element.normalName())) {
            feedsDue = 2;
        } else if (element.isBlock()) {
            feedsDue = Math.max(feedsDue, 1);
        }
    }

    private void cell() {
        if (feedsDue == 0 && !out.isEmpty()) {
            out.append('\t');
            blankDue = false;
        }
    }

    private void write(String text) {
        if (preformatted > 0) {
            flush();
            out.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isCollapsible(c)) {
                blankDue = true;
            } else {
                flush();
                out.append(c);
            }
        }
    }

    /** Writes the white space that is due before a character. */
    private void flush() {
        if (!out.isEmpty()) {
            if (feedsDue > 0) {
                out.append("\n".repeat(feedsDue));
            } else if (blankDue) {
                out.append(' ');
            }
        }
        feedsDue = 0;
        blankDue = false;
    }

    private static boolean isCollapsible(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
