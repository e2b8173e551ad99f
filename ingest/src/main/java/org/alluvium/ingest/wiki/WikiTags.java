package org.alluvium.ingest.wiki;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.alluvium.ingest.wiki.WikiEdits.Mark;

/** Comments and tags of a wikitext. What only looks like a tag, as in {@code a<b}, stays. */
final class WikiTags {

    private static final String COMMENT = "<!--";
    private static final String COMMENT_END = "-->";

    /** Longer than any tag that somebody wrote; bounds the search for the end of what is none. */
    private static final int MAX_TAG = 2000;

    /** Gone with all that is in them. */
    private static final Set<String> HIDDEN = Set.of(
            "ref",
            "references",
            "gallery",
            "timeline",
            "imagemap",
            "score",
            "graph",
            "mapframe",
            "maplink",
            "inputbox",
            "includeonly",
            "indicator",
            "templatestyles",
            "templatedata",
            "categorytree",
            "hiero",
            "style",
            "script");

    /** What is in them is not markup. */
    private static final Set<String> LITERAL =
            Set.of("nowiki", "pre", "math", "chem", "ce", "syntaxhighlight", "source");

    /** Begin or end a line. */
    private static final Set<String> BREAKING = Set.of(
            "br",
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "dl",
            "dd",
            "dt",
            "tr",
            "table",
            "blockquote",
            "center",
            "hr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "poem");

    private static final Set<String> INLINE = Set.of(
            "b",
            "i",
            "u",
            "s",
            "em",
            "strong",
            "small",
            "big",
            "sub",
            "sup",
            "span",
            "font",
            "cite",
            "code",
            "tt",
            "kbd",
            "samp",
            "var",
            "del",
            "ins",
            "strike",
            "abbr",
            "dfn",
            "q",
            "td",
            "th",
            "caption",
            "thead",
            "tbody",
            "tfoot",
            "ruby",
            "rb",
            "rp",
            "rt",
            "rtc",
            "wbr",
            "bdi",
            "bdo",
            "data",
            "time",
            "mark",
            "section",
            "noinclude",
            "onlyinclude",
            "nobr",
            "a",
            "img");

    private final String text;
    private final WikiEdits edits;

    /** Tags that are known not to be closed any more; keeps the time in proportion to the text. */
    private final Set<String> unclosed = new HashSet<>();

    WikiTags(String text, WikiEdits edits) {
        this.text = text;
        this.edits = edits;
    }

    /** Edits what begins at an angle bracket and returns where to go on. */
    int at(int start) {
        if (text.startsWith(COMMENT, start)) {
            int end = text.indexOf(COMMENT_END, start + COMMENT.length());
            return cut(start, end < 0 ? text.length() : end + COMMENT_END.length());
        }
        boolean closing = text.startsWith("/", start + 1);
        int nameStart = closing ? start + 2 : start + 1;
        String name = name(nameStart);
        int end = name.isEmpty() ? -1 : tagEnd(nameStart + name.length());
        if (end < 0) {
            return start + 1;
        }
        boolean enclosing = !closing && text.charAt(end - 2) != '/';
        if (HIDDEN.contains(name)) {
            return hidden(name, start, end, enclosing);
        }
        if (LITERAL.contains(name)) {
            return literal(name, start, end, enclosing);
        }
        if (BREAKING.contains(name)) {
            edits.replace(start, end, Mark.LINE_FEED);
            return end;
        }
        return INLINE.contains(name) ? cut(start, end) : start + 1;
    }

    private int hidden(String name, int start, int end, boolean enclosing) {
        int close = enclosing ? closing(name, end) : -1;
        return cut(start, close < 0 ? end : tagEnd(close));
    }

    private int literal(String name, int start, int end, boolean enclosing) {
        cut(start, end);
        int close = enclosing ? closing(name, end) : -1;
        return close < 0 ? end : cut(close, tagEnd(close));
    }

    private int cut(int start, int end) {
        edits.cut(start, end);
        return end;
    }

    private String name(int from) {
        int end = from;
        while (end < text.length() && isAsciiAlphanumeric(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isAsciiAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Behind the bracket that ends a tag, or -1 if it is none. */
    private int tagEnd(int from) {
        int most = Math.min(text.length(), from + MAX_TAG);
        for (int i = from; i < most; i++) {
            char c = text.charAt(i);
            if (c == '>') {
                return i + 1;
            }
            if (c == '<' && i > from) {
                return -1;
            }
        }
        return -1;
    }

    /** Where the tag that closes begins, or -1. */
    private int closing(String name, int from) {
        if (unclosed.contains(name)) {
            return -1;
        }
        for (int i = text.indexOf("</", from); i >= 0; i = text.indexOf("</", i + 2)) {
            if (text.regionMatches(true, i + 2, name, 0, name.length()) && tagEnd(i + 2 + name.length()) > 0) {
                return i;
            }
        }
        unclosed.add(name);
        return -1;
    }
}
