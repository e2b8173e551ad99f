package org.alluvium.ingest.text;

/**
 * The characters that Windows code page 1252 has where ISO 8859-1 has control characters, as the WHATWG Encoding Standard
 * lists them: bytes that it leaves open stand for the control characters themselves.
 */
final class Windows1252 {

    /** The characters of the bytes from 0x80 on. */
    private static final String SPECIALS =
            "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                    + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static final int FIRST = 0x80;
    private static final int NONE = -1;

    private Windows1252() {}

    /** The character of a byte from 0x80 to 0x9F. */
    static char charOf(int special) {
        return SPECIALS.charAt(special - FIRST);
    }

    /** The byte that was read as this character, by this code page or by ISO 8859-1; -1 if by neither. */
    static int byteOf(char c) {
        if (c < 0x100) {
            return c;
        }
        if (c > '\u2122' || c < '\u0152' || (c > '\u02DC' && c < '\u2013')) {
            return NONE;
        }
        int index = SPECIALS.indexOf(c);
        return index < 0 ? NONE : FIRST + index;
    }
}
