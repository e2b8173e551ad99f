package org.alluvium.tokenizer.engine;

import java.util.List;
import java.util.Random;

/** Texts made of what splitting goes wrong with: white space of all kinds, digits, contractions, marks, any character. */
public final class HardTexts {

    private static final List<String> BITS = List.of(
            " ",
            "  ",
            "   ",
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            "\u00A0",
            "\u2003",
            "\u3000",
            "\u0085",
            "'",
            "'s",
            "'S",
            "'\u017F",
            "'RE",
            "'ll",
            "'lL",
            "'d",
            " 's",
            " '",
            "1",
            "12345",
            "\u00BD",
            "\u2167",
            "\u0663",
            "\u00E9",
            "e\u0301",
            "\u4E2D\u6587",
            "\u7684",
            "\uD83D\uDE00",
            "\uD83D\uDC69\u200D\uD83D\uDC67",
            "\uD55C\uAD6D",
            "\u1112",
            "<|endoftext|>",
            "<|",
            "|>",
            "a",
            "the",
            " the",
            "Hello",
            " world",
            "\u200D",
            "\u0000",
            "\uFFFD",
            "_",
            "$",
            ".",
            ",",
            "...",
            "\u0600",
            "\u017F",
            "\u212A",
            "\u0130",
            "\u2581",
            "\uFB01");

    private static final int MOST_BITS = 40;

    private HardTexts() {}

    /** The next text, well formed. */
    public static String next(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(MOST_BITS); left > 0; left--) {
            switch (random.nextInt(10)) {
                case 0 -> text.appendCodePoint(character(random, 0x3000));
                case 1 -> text.appendCodePoint(character(random, 0x110000));
                default -> text.append(BITS.get(random.nextInt(BITS.size())));
            }
        }
        return text.toString();
    }

    private static int character(Random random, int bound) {
        int character = random.nextInt(bound);
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE ? 'x' : character;
    }
}
