package org.alluvium.ingest.body;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.ingest.character.Characters;

/**
 * A line of a text, and what it looks like.
 *
 * <p>A line is read in pieces, between signs such as {@code |}, {@code ·} and {@code »}, tabs, and gaps of several blanks that no
 * small letter follows: where menus are written in one line, these stand between their items. A piece is prose if it has a mark
 * that ends clauses and {@value #LEAST} letters, or {@value #LONG} letters without one. Prose scores its letters beyond
 * {@value #LEAST}; each other piece costs {@value #LEAST}.
 *
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, before the line feed
 * @param letters it has, each weighted by about how many Latin letters say as much
 * @param score positive if it is rather prose, negative if it is rather furniture, 0 if it says nothing
 * @param frame whether it is furniture beyond doubt: a menu in one line, a notice of copyright or cookies
 */
record Line(int start, int end, int letters, int score, boolean frame) {

    private static final int LEAST = 10;
    private static final int LONG = 45;
    private static final int GAP = 2; // blanks
    private static final int MENU = 3; // pieces

    /** Letters from which a line that speaks of copyright also says something else. */
    private static final int LONGEST_COPYRIGHT = 60;

    private static final String SEPARATORS = "|¦·•»›→\t";
    private static final String BLANKS = " \u00A0\u3000";

    /** What notices on cookies in most languages and scripts have in common. */
    private static final String COOKIE = "cookie";

    private static final List<String> COPYRIGHT = List.of("©", "(c)", "copyright");

    /** All lines of a text. */
    static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            lines.add(of(text, start, end));
            start = end + 1;
        }
        return lines;
    }

    private static Line of(String text, int start, int end) {
        Pieces pieces = new Pieces();
        int blanks = 0;
        for (int i = start; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (BLANKS.indexOf(c) >= 0) {
                blanks++;
                continue;
            }
            if (SEPARATORS.indexOf(c) >= 0 || (blanks >= GAP && !Characters.isLowerCase(c))) {
                pieces.end();
            }
            blanks = 0;
            pieces.add(c);
        }
        pieces.end();
        return isNotice(text, start, end, pieces.letters)
                ? new Line(start, end, pieces.letters, -LEAST, true)
                : new Line(start, end, pieces.letters, pieces.score, pieces.count >= MENU && pieces.score < 0);
    }

    private static boolean isNotice(String text, int start, int end, int letters) {
        return has(COOKIE, text, start, end)
                || (letters < LONGEST_COPYRIGHT
                        && COPYRIGHT.stream().anyMatch(sign -> has(sign, text, start, end))
                        && text.substring(start, end).codePoints().anyMatch(Characters::isDigit));
    }

    private static boolean has(String word, String text, int start, int end) {
        for (int i = start; i + word.length() <= end; i++) {
            if (Characters.toLowerCase(text.charAt(i)) == word.charAt(0)
                    && text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Adds up the pieces of one line. */
    private static final class Pieces {

        private int count;
        private int letters;
        private int score;
        private int open; // letters of the piece that is being read
        private boolean marked;

        void add(int character) {
            if (Characters.isLetter(character)) {
                open += weight(character);
            } else if (open > 0 && Characters.endsClause(character)) {
                marked = true;
            }
        }

        void end() {
            if (open > 0) {
                boolean prose = open >= LONG || (marked && open >= LEAST);
                count++;
                letters += open;
                score += prose ? open - LEAST : -LEAST;
            }
            open = 0;
            marked = false;
        }

        private static int weight(int letter) {
            if (letter < 0x3041) {
                return 1;
            }
            boolean syllable = letter <= 0x30FF || (letter >= 0xAC00 && letter <= 0xD7A3);
            boolean chinese = (letter >= 0x3400 && letter <= 0x9FFF) || (letter >= 0xF900 && letter <= 0xFAFF);
            return chinese ? 3 : syllable ? 2 : 1;
        }
    }
}
