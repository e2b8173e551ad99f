package org.alluvium.tokenizer.engine;

import org.alluvium.tokenizer.bytelevel.SplitPattern;

/**
 * Finds what the regular expressions of {@link SplitPattern} match, one match after the other, over UTF-8. Every character
 * is part of a match. Immutable and thread-safe; each match takes time linear in its length.
 */
final class SplitScanner implements Scanner {

    /** Folds to s, so the patterns that ignore case take it for one. */
    private static final int LONG_S = 0x17F;

    private final boolean gpt2;
    private final int digits;

    SplitScanner(SplitPattern pattern) {
        this.gpt2 = pattern == SplitPattern.GPT_2;
        this.digits = pattern.digits();
    }

    @Override
    public int end(byte[] text, int from, int to) {
        return gpt2 ? endOfGpt2(text, from, to) : endOfCl100k(text, from, to);
    }

    /** {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. */
    private int endOfGpt2(byte[] text, int from, int to) {
        if (text[from] == '\'') {
            int suffix = endOfSuffix(text, from, to, false);
            if (suffix > from) {
                return suffix;
            }
        }
        int at = text[from] == ' ' && from + 1 < to ? from + 1 : from;
        byte first = kind(text, at, to);
        return first == CharClass.SPACE ? endOfSpace(text, from, to) : endOfRun(text, at, to, first);
    }

    /**
     * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+},
     * with another count of digits where the pattern has one.
     */
    private int endOfCl100k(byte[] text, int from, int to) {
        if (text[from] == '\'') {
            int suffix = endOfSuffix(text, from, to, true);
            if (suffix > from) {
                return suffix;
            }
        }
        int character = Characters.at(text, from, to);
        byte first = simple(CharClass.of(character));
        int second = from + Characters.length(character);
        if (first == CharClass.LETTER) {
            return endOfRun(text, second, to, CharClass.LETTER);
        }
        if (first == CharClass.NUMBER) {
            return endOfDigits(text, from, to);
        }
        if (!isBreak(text[from]) && second < to && kind(text, second, to) == CharClass.LETTER) {
            return endOfRun(text, second, to, CharClass.LETTER);
        }
        if (first == CharClass.OTHER) {
            return endOfBreaks(text, endOfRun(text, second, to, CharClass.OTHER), to);
        }
        if (text[from] == ' ' && second < to && kind(text, second, to) == CharClass.OTHER) {
            return endOfBreaks(text, endOfRun(text, second, to, CharClass.OTHER), to);
        }
        return endOfSpaceOrBreaks(text, from, to);
    }

    /** The end of {@code 's}, {@code 't}, {@code 're}, {@code 've}, {@code 'm}, {@code 'll} or {@code 'd}; else {@code from}. */
    private static int endOfSuffix(byte[] text, int from, int to, boolean anyCase) {
        int at = from + 1;
        if (at >= to) {
            return from;
        }
        if (anyCase && text[at] < 0) {
            return Characters.at(text, at, to) == LONG_S ? at + 2 : from;
        }
        int second = at + 1 < to ? lower(text[at + 1], anyCase) : 0;
        return switch (lower(text[at], anyCase)) {
            case 's', 't', 'm', 'd' -> at + 1;
            case 'r', 'v' -> second == 'e' ? at + 2 : from;
            case 'l' -> second == 'l' ? at + 2 : from;
            default -> from;
        };
    }

    private static int lower(byte value, boolean anyCase) {
        return anyCase && value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
    }

    private static int endOfRun(byte[] text, int from, int to, byte kind) {
        int at = from;
        while (at < to) {
            int character = text[at];
            if (character >= 0) {
                if (simple(CharClass.of(character)) != kind) {
                    return at;
                }
                at++;
            } else {
                character = Characters.at(text, at, to);
                if (simple(CharClass.of(character)) != kind) {
                    return at;
                }
                at += Characters.length(character);
            }
        }
        return to;
    }

    private int endOfDigits(byte[] text, int from, int to) {
        int at = from;
        for (int i = 0; i < digits && at < to && kind(text, at, to) == CharClass.NUMBER; i++) {
            at += Characters.lengthByFirst(text[at]);
        }
        return at;
    }

    private static int endOfBreaks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isBreak(text[at])) {
            at++;
        }
        return at;
    }

    /** {@code \s*[\r\n]+|\s+(?!\S)|\s+}. */
    private static int endOfSpaceOrBreaks(byte[] text, int from, int to) {
        int end = endOfRun(text, from, to, CharClass.SPACE);
        for (int at = end - 1; at >= from; at--) {
            if (isBreak(text[at])) {
                return at + 1;
            }
        }
        return endOfSpace(text, from, end, to);
    }

    /** {@code \s+(?!\S)|\s+}: of more than one white space before something else, the last is left to that. */
    private static int endOfSpace(byte[] text, int from, int to) {
        return endOfSpace(text, from, endOfRun(text, from, to, CharClass.SPACE), to);
    }

    private static int endOfSpace(byte[] text, int from, int end, int to) {
        if (end == to) {
            return to;
        }
        int last = end - 1;
        while ((text[last] & 0xC0) == 0x80) {
            last--;
        }
        return last > from ? last : end;
    }

    private static boolean isBreak(byte value) {
        return value == '\n' || value == '\r';
    }

    /** Letter, number, white space or other: {@link CharClass#LETTER}, {@code NUMBER}, {@code SPACE}, {@code OTHER}. */
    private static byte kind(byte[] text, int at, int to) {
        return simple(CharClass.of(Characters.at(text, at, to)));
    }

    private static byte simple(byte charClass) {
        return switch (charClass) {
            case CharClass.WORD -> CharClass.OTHER;
            case CharClass.FRACTION -> CharClass.NUMBER;
            default -> charClass;
        };
    }
}
