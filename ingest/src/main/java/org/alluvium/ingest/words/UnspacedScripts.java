package org.alluvium.ingest.words;

/**
 * Scripts whose words stand beside one another without space: Han, Hiragana, Katakana, Thai, Lao, Myanmar and Khmer. Hangul
 * is not among them. Known by the blocks of Unicode that they fill, not by a table of the running JDK, so that every version
 * of Java says the same.
 */
public final class UnspacedScripts {

    private static final int FIRST = 0x0E00;

    private UnspacedScripts() {}

    /** Whether a code point is of one of these scripts. */
    public static boolean contains(int codePoint) {
        if (codePoint < FIRST) {
            return false;
        }
        return codePoint <= 0x0EFF // Thai, Lao
                || isIn(codePoint, 0x1000, 0x109F) // Myanmar
                || isIn(codePoint, 0x1780, 0x17FF) // Khmer
                || isIn(codePoint, 0x3005, 0x3007) // iteration mark, closing mark, zero of Han
                || isIn(codePoint, 0x3040, 0x30FF) // Hiragana, Katakana
                || isIn(codePoint, 0x31F0, 0x31FF) // Katakana, phonetic extensions
                || isIn(codePoint, 0x3400, 0x4DBF) // Han, extension A
                || isIn(codePoint, 0x4E00, 0x9FFF) // Han
                || isIn(codePoint, 0xF900, 0xFAFF) // Han, compatibility
                || isIn(codePoint, 0xFF66, 0xFF9D) // Katakana, half width
                || isIn(codePoint, 0x20000, 0x3FFFF); // Han, further extensions
    }

    private static boolean isIn(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
