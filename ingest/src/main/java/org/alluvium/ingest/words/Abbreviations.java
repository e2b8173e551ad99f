package org.alluvium.ingest.words;

import java.util.Set;
import org.alluvium.ingest.character.Characters;

/**
 * Words that keep the full stop behind them: single letters, letters with stops between them such as {@code U.S.} and
 * {@code Ph.D.}, and some common English ones.
 */
final class Abbreviations {

    private static final int LONGEST = 6;

    private static final Set<String> COMMON = Set.of(
            "Adm", "Apr", "Aug", "Ave", "Blvd", "Bros", "Capt", "Co", "Col", "Corp", "Dec", "Dr", "Feb", "Ft", "Gen",
            "Gov", "Inc", "Jan", "Jr", "Jul", "Jun", "Lt", "Ltd", "Mar", "Messrs", "Mr", "Mrs", "Ms", "Mt", "Nov",
            "Oct", "Prof", "Rep", "Rev", "Sen", "Sep", "Sept", "Sgt", "Sr", "St", "vs");

    private Abbreviations() {}

    /** Whether the characters from one index up to another, with a full stop behind them, are an abbreviation. */
    static boolean isOne(char[] chars, int from, int to) {
        if (to == from) {
            return true; // a stop by itself is a word
        }
        int part = 0;
        boolean stops = false;
        for (int i = from; i < to; i++) {
            if (chars[i] == '.') {
                stops = true;
                part = 0;
            } else if (!Characters.isLetter(chars[i]) || ++part > 2) {
                return to - from <= LONGEST && COMMON.contains(new String(chars, from, to - from));
            }
        }
        return stops || to - from == 1 || COMMON.contains(new String(chars, from, to - from));
    }
}
