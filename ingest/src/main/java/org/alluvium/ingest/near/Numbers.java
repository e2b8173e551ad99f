package org.alluvium.ingest.near;

import org.alluvium.ingest.character.Characters;

/** Numbers in text: a run of decimal digits of any script, and one decimal part. */
final class Numbers {

    private static final String DECIMAL_SEPARATORS = ".,\u060C\u066B\u2396\u2397\u2398";

    private Numbers() {}

    /** The first index behind the number that begins at a digit. */
    static int end(String text, int start) {
        int end = digitsEnd(text, start);
        if (end < text.length() && DECIMAL_SEPARATORS.indexOf(text.charAt(end)) >= 0) {
            int decimalsEnd = digitsEnd(text, end + 1);
            return decimalsEnd > end + 1 ? decimalsEnd : end;
        }
        return end;
    }

    private static int digitsEnd(String text, int start) {
        int i = start;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            if (!Characters.isDigit(character)) {
                return i;
            }
            i += Character.charCount(character);
        }
        return i;
    }
}
