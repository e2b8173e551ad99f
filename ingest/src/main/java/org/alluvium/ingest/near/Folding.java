package org.alluvium.ingest.near;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.BitSet;
import java.util.function.IntConsumer;
import org.alluvium.ingest.character.Characters;

/**
 * What a character of lower-case text becomes where texts are compared: one table for the characters of the Basic
 * Multilingual Plane, by the Unicode tables of ICU, which are the same on every JDK.
 */
final class Folding {

    /** Stands for itself, for punctuation, controls and white space. */
    static final char SPACE = ' ';

    /** Stands for every decimal digit. */
    static final char DIGIT = '0';

    /** Stands for a character that leaves nothing. */
    static final char NOTHING = '\0';

    /** Stands for a character that leaves several, which {@link #decompose} tells, and for half of a pair. */
    static final char SEVERAL = '\uFFFF';

    /** The first character of a script that does not separate words. */
    private static final char FIRST_UNSPACED = '\u0E00';

    /** The signs that datatrove takes for punctuation, controls aside. */
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«´»–—’“”„…∶━►、。〈〉《》「」【】！％（），．１：；？～";

    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();

    // Korean syllables are decomposed by arithmetic: Unicode Standard, section 3.12.
    private static final int FIRST_SYLLABLE = 0xAC00;
    private static final int LEADING = 0x1100;
    private static final int VOWEL = 0x1161;
    private static final int VOWELS = 21;
    private static final int BEFORE_TRAILING = 0x11A7;
    private static final int TRAILINGS = 28;
    private static final int SYLLABLES = 19 * VOWELS * TRAILINGS;

    private static final char[] FOLDED = new char[1 << 16];
    private static final BitSet IS_WORD = new BitSet(1 << 16);

    static {
        for (int c = 0; c < FOLDED.length; c++) {
            FOLDED[c] = folded((char) c);
            IS_WORD.set(c, isUnspaced(c));
        }
    }

    private Folding() {}

    /** What becomes of a character, or one of the constants above. */
    static char of(char c) {
        return FOLDED[c];
    }

    /** Whether a character is a word by itself, because its script does not separate words. */
    static boolean isWord(int codePoint) {
        if (codePoint < FIRST_UNSPACED) {
            return false;
        }
        return codePoint < FOLDED.length ? IS_WORD.get(codePoint) : isUnspaced(codePoint);
    }

    private static boolean isUnspaced(int codePoint) {
        return switch (UScript.getScript(codePoint)) {
            case UScript.HAN,
                    UScript.HIRAGANA,
                    UScript.KATAKANA,
                    UScript.BOPOMOFO,
                    UScript.THAI,
                    UScript.LAO,
                    UScript.KHMER,
                    UScript.MYANMAR,
                    UScript.TIBETAN -> true;
            default -> false;
        };
    }

    /** Gives what a character leaves: its canonical decomposition, but for the marks that take no space. */
    static void decompose(int codePoint, IntConsumer out) {
        int syllable = codePoint - FIRST_SYLLABLE;
        if (syllable >= 0 && syllable < SYLLABLES) {
            out.accept(LEADING + syllable / (VOWELS * TRAILINGS));
            out.accept(VOWEL + syllable / TRAILINGS % VOWELS);
            if (syllable % TRAILINGS > 0) {
                out.accept(BEFORE_TRAILING + syllable % TRAILINGS);
            }
        } else {
            DECOMPOSED
                    .normalize(Character.toString(codePoint))
                    .codePoints()
                    .filter(c -> !Characters.isNonSpacingMark(c))
                    .forEach(out);
        }
    }

    private static char folded(char c) {
        if (Characters.isDigit(c)) {
            return DIGIT;
        }
        if (isSpace(c) || Character.isISOControl(c) || PUNCTUATION.indexOf(c) >= 0) {
            return SPACE;
        }
        if (Character.isSurrogate(c)) {
            return SEVERAL;
        }
        StringBuilder left = new StringBuilder();
        decompose(c, left::appendCodePoint);
        return switch (left.length()) {
            case 0 -> NOTHING;
            case 1 -> left.charAt(0);
            default -> SEVERAL;
        };
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
