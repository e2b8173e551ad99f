package org.alluvium.ingest.language;

import java.util.Arrays;
import java.util.List;

/**
 * The scripts that are told apart, by the letters (with the marks that go with them) that are counted as theirs, and the
 * languages that are written in them. The ranges are our own, and so the same on every JDK: letters that Unicode has added since
 * are of no script.
 */
enum Script {
    /** Digits, punctuation, symbols, and letters of scripts that are not here. */
    NONE(0, "", ""),
    LATIN(
            1,
            "af ast az br bs ca co cs cy da de en eo es et eu fi fo fr fy ga gd gl gn ha hr ht hu id ig is it jv ku la lb"
                    + " lt lv mg mi ms mt nb nl nn nso ny oc om pl pt qu ro rw sk sl sn so sq sr-Latn st su sv sw"
                    + " tk tl tn tr ts uz vi wa wo xh yo zu",
            "AZ az \u00AA\u00AA \u00BA\u00BA \u00C0\u00D6 \u00D8\u00F6 \u00F8\u024F \u0250\u02AF \u1E00\u1EFF"),
    GREEK(1, "el", "\u0370\u037D \u0386\u0386 \u0388\u03E1"),
    /** Greek letters with the breathings and accents that were given up in 1982. */
    POLYTONIC(1, "grc", "\u1F00\u1FFC"),
    CYRILLIC(1, "be bg kk ky mk mn ru sr tg tt uk", "\u0400\u0481 \u048A\u052F"),
    ARMENIAN(1, "hy", "\u0531\u0587"),
    HEBREW(1, "he yi", "\u05D0\u05F2"),
    ARABIC(1, "ar ckb fa ps sd ug ur", "\u0620\u065F \u0670\u06D3 \u06D5\u06D5 \u06EE\u06EF \u06FA\u06FF \u0750\u077F"),
    DEVANAGARI(1, "hi mr ne sa", "\u0900\u0963 \u0971\u097F"),
    BENGALI(1, "as bn", "\u0980\u09E3 \u09F0\u09F1"),
    GURMUKHI(1, "pa", "\u0A01\u0A5E \u0A70\u0A75"),
    GUJARATI(1, "gu", "\u0A81\u0AE3"),
    ODIA(1, "or", "\u0B01\u0B63 \u0B71\u0B71"),
    TAMIL(1, "ta", "\u0B82\u0BD7"),
    TELUGU(1, "te", "\u0C00\u0C63"),
    KANNADA(1, "kn", "\u0C80\u0CE3"),
    MALAYALAM(1, "ml", "\u0D00\u0D63 \u0D7A\u0D7F"),
    SINHALA(1, "si", "\u0D82\u0DF3"),
    THAI(1, "th", "\u0E01\u0E3A \u0E40\u0E4E"),
    LAO(1, "lo", "\u0E81\u0ECD \u0EDC\u0EDF"),
    TIBETAN(1, "bo dz", "\u0F40\u0FBC"),
    MYANMAR(1, "my", "\u1000\u103F \u1050\u108F"),
    GEORGIAN(1, "ka", "\u10A0\u10FC \u1C90\u1CBF"),
    ETHIOPIC(1, "am ti", "\u1200\u135F"),
    KHMER(1, "km", "\u1780\u17D3"),
    KANA(2, "ja", "\u3041\u3096 \u30A1\u30FA \u30FC\u30FE \u31F0\u31FF \uFF66\uFF9D"),
    HANGUL(2, "ko", "\u1100\u11FF \u3131\u318E \uAC00\uD7A3"),
    HAN(4, "zh-Hans zh-Hant", "\u3005\u3007 \u3400\u4DBF \u4E00\u9FEF \uF900\uFAD9");

    private static final Script[] ALL = values();
    private static final byte[] BY_UNIT = table();
    private static final int FIRST_RARE_HAN = 0x20000;
    private static final int LAST_RARE_HAN = 0x3FFFF;

    private final int weight;
    private final String languages;
    private final String ranges;
    private final boolean shared;

    Script(int weight, String languages, String ranges) {
        this.weight = weight;
        this.languages = languages;
        this.ranges = ranges;
        this.shared = languages.contains(" ");
    }

    /** Its place in arrays by script, which are never kept. */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    /** About how many Latin letters say what one letter of this script says. */
    int weight() {
        return weight;
    }

    /** Tags of the languages written in it. */
    List<String> languages() {
        return words(languages);
    }

    /** Whether it takes more than the script to tell its languages apart, and more than single letters. */
    boolean needsModel() {
        return shared && this != HAN;
    }

    static Script of(int codePoint) {
        if (codePoint <= Character.MAX_VALUE) {
            return ALL[BY_UNIT[codePoint]];
        }
        return codePoint >= FIRST_RARE_HAN && codePoint <= LAST_RARE_HAN ? HAN : NONE;
    }

    private static byte[] table() {
        byte[] table = new byte[Character.MAX_VALUE + 1];
        for (Script script : ALL) {
            for (String range : words(script.ranges)) {
                Arrays.fill(table, range.charAt(0), range.charAt(1) + 1, (byte) script.index());
            }
        }
        return table;
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }
}
