package org.alluvium.ingest.wiki;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes what edits leave of a wikitext. */
final class WikiRenderer {

    private final String text;
    private final WikiEdits edits;
    private final StringBuilder out;

    /** Headings, from the outside in, that have had no text behind them yet. */
    private final Deque<Heading> bare = new ArrayDeque<>();

    private int headingStart = -1; // in the output, while inside a heading
    private int headingLevel;

    // The last opened parenthesis of the output, and whether something was left out behind it.
    private int parenthesis = -1;
    private boolean leftOut;

    private record Heading(int start, int level) {}

    WikiRenderer(String text, WikiEdits edits) {
        this.text = text;
        this.edits = edits;
        this.out = new StringBuilder(text.length());
    }

    String render() {
        int i = 0;
        while (i < text.length()) {
            int end = edits.end(i);
            if (end == 0) {
                append(text.charAt(i));
                i++;
            } else {
                apply(i, end);
                i = end;
            }
        }
        dropBareHeadings(0);
        return out.toString();
    }

    private void apply(int start, int end) {
        switch (edits.mark(start)) {
            case NOTHING -> leftOut = true;
            case LINE_FEED -> out.append('\n');
            case LIST_ITEM -> out.append("- ");
            case HEADING -> beginHeading(end - start);
            case HEADING_END -> endHeading();
        }
    }

    private void append(char c) {
        if (c == '(') {
            parenthesis = out.length();
            leftOut = false;
        } else if (c == ')' && parenthesis >= 0) {
            boolean hollow = leftOut && isHollow(parenthesis + 1);
            int opened = parenthesis;
            parenthesis = -1;
            if (hollow) {
                out.setLength(opened > 0 && out.charAt(opened - 1) == ' ' ? opened - 1 : opened);
                return;
            }
        }
        if (headingStart < 0 && !bare.isEmpty() && !Character.isWhitespace(c)) {
            bare.clear();
        }
        out.append(c);
    }

    /** Whether nothing that means anything stands between there and the end of the output. */
    private boolean isHollow(int from) {
        for (int i = from; i < out.length(); i++) {
            char c = out.charAt(i);
            if (!Character.isWhitespace(c) && ",;:/".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private void beginHeading(int level) {
        dropBareHeadings(level);
        headingStart = out.length();
        headingLevel = level;
    }

    private void endHeading() {
        bare.addLast(new Heading(headingStart, headingLevel));
        headingStart = -1;
    }

    /** Takes back the headings of that level and below that nothing followed. */
    private void dropBareHeadings(int level) {
        while (!bare.isEmpty() && bare.getLast().level() >= level) {
            out.setLength(bare.removeLast().start());
        }
        parenthesis = -1;
    }
}
