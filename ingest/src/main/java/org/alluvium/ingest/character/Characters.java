package org.alluvium.ingest.character;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;
import java.util.Locale;

/**
 * Properties of code points, by the version of Unicode that ICU has; {@link Character}'s answers differ from one Java to the
 * next. What the published filters mean by punctuation and white space is Python's and their own idea of it, and is frozen
 * here. Thread-safe.
 */
public final class Characters {

    private static final int LETTER = 1;
    private static final int DIGIT = 1 << 1;
    private static final int WHITE_SPACE = 1 << 2;
    private static final int SIGN = 1 << 3;
    private static final int TERMINAL = 1 << 4;
    private static final int SYMBOL = 1 << 5;
    private static final int MARK = 1 << 6;
    private static final int PUNCTUATION = 1 << 7;
    private static final int UPPER_CASE = 1 << 8;
    private static final int LOWER_CASE = 1 << 9;
    private static final int CLAUSE_END = 1 << 10;

    /** Marks that end sentences, of all scripts: Sentence_Terminal of Unicode 15, and three of Khmer. */
    private static final UnicodeSet TERMINALS = new UnicodeSet("[!.?\\u0589\\u061D-\\u061F\\u06D4\\u0700-\\u0702\\u07F9"
                    + "\\u0837\\u0839\\u083D\\u083E\\u0964\\u0965\\u104A\\u104B\\u1362\\u1367\\u1368\\u166E\\u1735\\u1736"
                    + "\\u17D4-\\u17D6\\u17D9\\u17DA\\u1803\\u1809\\u1944\\u1945\\u1AA8-\\u1AAB\\u1B5A\\u1B5B\\u1B5E\\u1B5F"
                    + "\\u1B7D\\u1B7E\\u1C3B\\u1C3C\\u1C7E\\u1C7F\\u203C\\u203D\\u2047-\\u2049\\u2E2E\\u2E3C\\u2E53\\u2E54"
                    + "\\u3002\\uA4FF\\uA60E\\uA60F\\uA6F3\\uA6F7\\uA876\\uA877\\uA8CE\\uA8CF\\uA92F\\uA9C8\\uA9C9"
                    + "\\uAA5D-\\uAA5F\\uAAF0\\uAAF1\\uABEB\\uFE52\\uFE56\\uFE57\\uFF01\\uFF0E\\uFF1F\\uFF61"
                    + "\\U00010A56\\U00010A57\\U00010F55-\\U00010F59\\U00010F86-\\U00010F89\\U00011047\\U00011048"
                    + "\\U000110BE-\\U000110C1\\U00011141-\\U00011143\\U000111C5\\U000111C6\\U000111CD\\U000111DE"
                    + "\\U000111DF\\U00011238\\U00011239\\U0001123B\\U0001123C\\U000112A9\\U0001144B\\U0001144C"
                    + "\\U000115C2\\U000115C3\\U000115C9-\\U000115D7\\U00011641\\U00011642\\U0001173C-\\U0001173E"
                    + "\\U00011944\\U00011946\\U00011A42\\U00011A43\\U00011A9B\\U00011A9C\\U00011C41\\U00011C42"
                    + "\\U00011EF7\\U00011EF8\\U00011F43\\U00011F44\\U00016A6E\\U00016A6F\\U00016AF5\\U00016B37"
                    + "\\U00016B38\\U00016B44\\U00016E98\\U0001BC9F\\U0001DA88]")
            .freeze();

    /**
     * What the filters count as punctuation besides: ASCII's, that which common scripts add, and control characters except tab
     * and line feed. The published set has the full-width digit one in it; so has this.
     */
    private static final UnicodeSet SIGNS = new UnicodeSet("[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F]")
            .addAll("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«´»–—’“”„…∶━►、。〈〉《》「」【】！％（），．１：；？～")
            .addAll(TERMINALS)
            .freeze();

    /** What Python's {@code str.isspace} accepts. */
    private static final UnicodeSet WHITE_SPACES = new UnicodeSet(
                    "[\\u0009-\\u000D\\u001C-\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]")
            .freeze();

    private static final short[] BASIC = basicPlane();

    private Characters() {}

    /** Whether it is a letter: of category L. */
    public static boolean isLetter(int codePoint) {
        return is(LETTER, codePoint);
    }

    /** Whether it is a capital letter: of category Lu or Lt. */
    public static boolean isUpperCase(int codePoint) {
        return is(UPPER_CASE, codePoint);
    }

    /** Whether it is a small letter: of category Ll. */
    public static boolean isLowerCase(int codePoint) {
        return is(LOWER_CASE, codePoint);
    }

    /** Whether it is a decimal digit of any script: of category Nd. */
    public static boolean isDigit(int codePoint) {
        return is(DIGIT, codePoint);
    }

    /** Whether it is white space in the sense of Python, which knows a few control characters more than Unicode does. */
    public static boolean isWhiteSpace(int codePoint) {
        return is(WHITE_SPACE, codePoint);
    }

    /** Whether it ends sentences in some script. */
    public static boolean isTerminal(int codePoint) {
        return is(TERMINAL, codePoint);
    }

    /** Whether it ends clauses or sentences in some script, as a comma and a full stop do: Terminal_Punctuation. */
    public static boolean endsClause(int codePoint) {
        return is(CLAUSE_END, codePoint);
    }

    /** Whether the published filters take it for punctuation or a control character: a word of these alone is no word. */
    public static boolean isSign(int codePoint) {
        return is(SIGN, codePoint);
    }

    /** Whether it is punctuation in the sense of Unicode: of category P. */
    public static boolean isPunctuation(int codePoint) {
        return is(PUNCTUATION, codePoint);
    }

    /** Whether it is a sign of currency or a pictorial symbol: of category Sc or So. */
    public static boolean isSymbol(int codePoint) {
        return is(SYMBOL, codePoint);
    }

    /** Whether it is a mark that takes no room of its own: of category Mn. */
    public static boolean isNonSpacingMark(int codePoint) {
        return is(MARK, codePoint);
    }

    /** The small letter of a capital one, where that is one code point; else the code point itself. */
    public static int toLowerCase(int codePoint) {
        return codePoint < 0x80
                ? codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint
                : UCharacter.toLowerCase(codePoint);
    }

    /** A text in small letters, as Unicode maps them whatever the language. */
    public static String toLowerCase(String text) {
        return UCharacter.toLowerCase(Locale.ROOT, text);
    }

    private static boolean is(int property, int codePoint) {
        return ((codePoint < BASIC.length ? BASIC[codePoint] : compute(codePoint)) & property) != 0;
    }

    private static short[] basicPlane() {
        short[] properties = new short[Character.MIN_SUPPLEMENTARY_CODE_POINT];
        for (int c = 0; c < properties.length; c++) {
            properties[c] = (short) compute(c);
        }
        return properties;
    }

    private static int compute(int codePoint) {
        return ofCategory(UCharacter.getType(codePoint))
                | (WHITE_SPACES.contains(codePoint) ? WHITE_SPACE : 0)
                | (SIGNS.contains(codePoint) ? SIGN : 0)
                | (TERMINALS.contains(codePoint) ? TERMINAL : 0)
                | (UCharacter.hasBinaryProperty(codePoint, UProperty.TERMINAL_PUNCTUATION) ? CLAUSE_END : 0);
    }

    private static int ofCategory(int category) {
        return switch (category) {
            case UCharacterCategory.UPPERCASE_LETTER, UCharacterCategory.TITLECASE_LETTER -> LETTER | UPPER_CASE;
            case UCharacterCategory.LOWERCASE_LETTER -> LETTER | LOWER_CASE;
            case UCharacterCategory.MODIFIER_LETTER, UCharacterCategory.OTHER_LETTER -> LETTER;
            case UCharacterCategory.DECIMAL_DIGIT_NUMBER -> DIGIT;
            case UCharacterCategory.CURRENCY_SYMBOL, UCharacterCategory.OTHER_SYMBOL -> SYMBOL;
            case UCharacterCategory.NON_SPACING_MARK -> MARK;
            case UCharacterCategory.DASH_PUNCTUATION,
                    UCharacterCategory.START_PUNCTUATION,
                    UCharacterCategory.END_PUNCTUATION,
                    UCharacterCategory.CONNECTOR_PUNCTUATION,
                    UCharacterCategory.OTHER_PUNCTUATION,
                    UCharacterCategory.INITIAL_PUNCTUATION,
                    UCharacterCategory.FINAL_PUNCTUATION -> PUNCTUATION;
            default -> 0;
        };
    }
}
