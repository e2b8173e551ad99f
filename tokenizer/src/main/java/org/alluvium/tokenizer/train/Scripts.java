package org.alluvium.tokenizer.train;

import java.util.HashMap;
import java.util.Map;

/**
 * The script of a character (UAX 24), in Unicode 9.0.0 whatever the JVM: SentencePiece's trainer goes by that version, and where
 * words are cut must not depend on the machine. Made by {@code tokenizer/make-scripts.sh}.
 */
final class Scripts {

    /** What no script is named for: digits, punctuation, symbols, and what is not assigned. */
    static final int COMMON = 0;

    /** Marks that take the script of what is before them. */
    static final int INHERITED = 1;

    /** Chinese characters, and with them here the Japanese syllables, which are written among them. */
    static final int HAN = 2;

    private static final int PROLONGED_SOUND_MARK = 0x30FC;
    private static final Ranges RANGES = Ranges.load("scripts-9.0.0.txt");
    private static final int[] NUMBERS = numbers();

    private Scripts() {}

    /** A number for the script of a code point. */
    static int of(int point) {
        if (point == PROLONGED_SOUND_MARK) {
            return HAN;
        }
        int range = RANGES.of(point);
        return range == Ranges.NONE ? COMMON : NUMBERS[range];
    }

    private static int[] numbers() {
        Map<String, Integer> named =
                new HashMap<>(Map.of("Inherited", INHERITED, "Han", HAN, "Hiragana", HAN, "Katakana", HAN));
        int[] numbers = new int[RANGES.size()];
        for (int range = 0; range < numbers.length; range++) {
            numbers[range] = named.computeIfAbsent(RANGES.word(range), name -> named.size());
        }
        return numbers;
    }
}
