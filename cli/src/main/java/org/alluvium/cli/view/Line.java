package org.alluvium.cli.view;

import java.util.ArrayList;
import java.util.List;

/** A line on the screen: pieces of text, each in a style. Immutable. */
record Line(List<Piece> pieces) {

    static final Line EMPTY = new Line(List.of());

    /** Text in one style. */
    record Piece(String text, Style style) {}

    Line {
        pieces = List.copyOf(pieces);
    }

    /** This line with a piece after it. */
    Line and(String text, Style style) {
        List<Piece> more = new ArrayList<>(pieces);
        more.add(new Piece(Columns.printable(text), style));
        return new Line(more);
    }

    Line and(String text) {
        return and(text, Style.PLAIN);
    }

    /** The text of at most so many columns, cut with an ellipsis where it is longer. */
    String render(int columns, boolean colors) {
        StringBuilder rendered = new StringBuilder();
        int left = columns;
        int all = pieces.stream().mapToInt(piece -> Columns.width(piece.text())).sum();
        for (Piece piece : pieces) {
            String text = all <= columns ? piece.text() : Columns.cut(piece.text(), left);
            left -= Columns.width(text);
            rendered.append(colors ? piece.style().apply(text) : text);
            if (left <= 0 || text.length() < piece.text().length()) {
                break;
            }
        }
        return rendered.toString();
    }
}
