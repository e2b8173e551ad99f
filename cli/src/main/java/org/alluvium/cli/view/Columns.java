package org.alluvium.cli.view;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How wide text is on a terminal, where most characters take one column, some two and some none. */
final class Columns {

    private static final String ELLIPSIS = "…";

    private Columns() {}

    /** The text without characters that would move the cursor or hide: each becomes a space. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> ' ';
                    default -> c;
                })
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Columns that printable text takes. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** At most so many columns of the text; what does not fit is replaced by an ellipsis. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += width(c);
            if (used > columns - 1) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return columns <= 0 ? "" : kept + ELLIPSIS;
    }

    /** Breaks text between words into lines of at most so many columns; at most so many lines, the last one cut. */
    static List<String> wrap(String text, int columns, int lines) {
        List<String> wrapped = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
        breaks.setText(text);
        StringBuilder line = new StringBuilder();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            String word = text.substring(from, to);
            boolean full = width(line + word.stripTrailing()) > columns && !line.isEmpty();
            if (full && wrapped.size() == lines - 1) {
                line.append(text, from, text.length());
                break;
            }
            if (full) {
                wrapped.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word);
        }
        if (!line.isEmpty()) {
            wrapped.add(cut(line.toString().stripTrailing(), columns));
        }
        return wrapped;
    }

    /** After Unicode Standard Annex 11, in the coarse blocks that terminals agree on. */
    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
