package org.alluvium.ingest.words;

import java.util.Arrays;
import org.alluvium.ingest.character.Characters;

/**
 * Words between white space, with the marks around them as words of their own. It follows the rules of spaCy's tokenizer
 * without a model as far as they matter for counting words, and leaves its long lists of exceptions aside:
 *
 * <ul>
 *   <li>Punctuation, quotes, brackets, symbols and signs of currency are taken off both ends one by one; full stops in a row
 *       are one word. Hyphens, slashes, {@code @} and backslashes stay.
 *   <li>One full stop at the end is taken off unless it belongs to an {@linkplain Abbreviations abbreviation}.
 *   <li>English clitics are words: {@code do + n't}, {@code we + 'll}, {@code Ann + 's}. In languages that elide, the cut is
 *       behind the apostrophe: {@code l' + eau}.
 *   <li>Inside, these are words: a hyphen, dash or comma between letters; {@code : < > = /} before a letter;
 *       {@code + - * ^} between digits; a full stop between a small and a capital letter; ellipses and symbols.
 *   <li>What has {@code ://} or {@code @} inside, or begins with {@code www.}, is not cut inside.
 * </ul>
 */
final class PunctuationSplitter implements WordSplitter {

    static final PunctuationSplitter ENGLISH = new PunctuationSplitter(Apostrophe.CLITIC);
    static final PunctuationSplitter ELIDING = new PunctuationSplitter(Apostrophe.ELISION);
    static final PunctuationSplitter PLAIN = new PunctuationSplitter(Apostrophe.LETTER);

    /** What an apostrophe between letters is. */
    private enum Apostrophe {
        CLITIC,
        ELISION,
        LETTER
    }

    private final Apostrophe apostrophe;

    private PunctuationSplitter(Apostrophe apostrophe) {
        this.apostrophe = apostrophe;
    }

    @Override
    public Words split(String text) {
        Cut cut = new Cut(text, apostrophe);
        cut.all();
        return cut.words.build();
    }

    /** The cutting of one text. */
    private static final class Cut {

        private final char[] chars;
        private final Apostrophe apostrophe;
        private final Words.Builder words;

        private int[] closings = new int[16];

        Cut(String text, Apostrophe apostrophe) {
            this.chars = text.toCharArray();
            this.apostrophe = apostrophe;
            this.words = new Words.Builder(text);
        }

        void all() {
            int i = 0;
            while (i < chars.length) {
                if (Characters.isWhiteSpace(chars[i])) {
                    i++;
                    continue;
                }
                int start = i;
                while (i < chars.length && Characters.isLetter(chars[i])) {
                    i++;
                }
                if (i < chars.length && !Characters.isWhiteSpace(chars[i])) {
                    do {
                        i++;
                    } while (i < chars.length && !Characters.isWhiteSpace(chars[i]));
                    chunk(start, i);
                } else {
                    words.add(start, i);
                }
            }
        }

        /** Cuts what stands between white space and is more than letters. */
        private void chunk(int start, int end) {
            int from = start;
            for (int length = opening(from, end); length > 0; length = from < end ? opening(from, end) : 0) {
                words.add(from, from + length);
                from += length;
            }
            int to = end;
            int count = 0;
            for (int length = closing(from, to); length > 0; length = closing(from, to)) {
                if (count == closings.length) {
                    closings = Arrays.copyOf(closings, 2 * count);
                }
                closings[count++] = length;
                to -= length;
            }
            if (from < to) {
                inside(from, to);
            }
            while (count > 0) {
                int length = closings[--count];
                words.add(to, to + length);
                to += length;
            }
        }

        /** Length of the mark that a chunk begins with, or 0. */
        private int opening(int from, int end) {
            if (chars[from] == '.') {
                int stops = stops(from, end);
                return stops > 1 ? stops : 0;
            }
            if (chars[from] == '+') {
                return from + 1 < end && Characters.isDigit(chars[from + 1]) ? 0 : 1;
            }
            return mark(Character.codePointAt(chars, from, end));
        }

        /** Length of the mark or clitic that a chunk ends with, or 0. */
        private int closing(int from, int to) {
            if (from == to) {
                return 0;
            }
            char last = chars[to - 1];
            if (last == '.') {
                int first = to - 1;
                while (first > from && chars[first - 1] == '.') {
                    first--;
                }
                int stops = to - first;
                return stops > 1 || !Abbreviations.isOne(chars, from, to - 1) ? stops : 0;
            }
            if (Characters.isLetter(last)) {
                return apostrophe == Apostrophe.CLITIC ? clitic(from, to) : 0;
            }
            if (last == '+') {
                return to - 2 >= from && Characters.isDigit(chars[to - 2]) ? 1 : 0;
            }
            return mark(Character.codePointBefore(chars, to, from));
        }

        private int clitic(int from, int to) {
            char last = (char) (chars[to - 1] | 0x20);
            if (to - from > 2 && isApostrophe(chars[to - 2])) {
                if (last == 't') {
                    return to - from > 3 && (chars[to - 3] | 0x20) == 'n' ? 3 : 0;
                }
                return last == 's' || last == 'm' || last == 'd' ? 2 : 0;
            }
            if (to - from > 3 && isApostrophe(chars[to - 3])) {
                int first = chars[to - 2] | 0x20;
                boolean known = (last == 'e' && (first == 'r' || first == 'v')) || (last == 'l' && first == 'l');
                return known ? 3 : 0;
            }
            return 0;
        }

        private void inside(int from, int to) {
            int start = from;
            int last = isWhole(from, to) ? from : to - 1;
            for (int i = from + 1; i < last; ) {
                int length = Characters.isLetter(chars[i]) || Characters.isDigit(chars[i]) ? 0 : infix(i, to);
                if (length > 0) {
                    add(start, i);
                    words.add(i, i + length);
                    start = i + length;
                } else if (apostrophe == Apostrophe.ELISION && isApostrophe(chars[i])) {
                    add(start, i + 1);
                    start = i + 1;
                }
                i += Math.max(1, length);
            }
            add(start, to);
        }

        private void add(int start, int end) {
            if (start < end) {
                words.add(start, end);
            }
        }

        /** Length of the mark between two parts of a chunk that begins at i, or 0. */
        private int infix(int i, int to) {
            char before = chars[i - 1];
            char after = chars[i + 1];
            return switch (chars[i]) {
                case '.' -> {
                    int stops = stops(i, to);
                    yield stops > 1 || (isSmall(before) && Characters.isUpperCase(after)) ? stops : 0;
                }
                case ',' -> betweenLetters(i, 1, to);
                case '-' -> {
                    int length = after == '-' ? i + 2 < to && chars[i + 2] == '-' ? 3 : 2 : 1;
                    yield Characters.isDigit(before) && Characters.isDigit(after) ? 1 : betweenLetters(i, length, to);
                }
                case '–', '—', '~', '\u2010' -> betweenLetters(i, 1, to);
                case ':', '<', '>', '=', '/' ->
                    (Characters.isLetter(before) || Characters.isDigit(before)) && Characters.isLetter(after) ? 1 : 0;
                case '+', '*', '^' -> Characters.isDigit(before) && (Characters.isDigit(after) || after == '-') ? 1 : 0;
                case '…' -> 1;
                default -> {
                    int c = Character.codePointAt(chars, i, to);
                    yield isPicture(c) ? Character.charCount(c) : 0;
                }
            };
        }

        private int betweenLetters(int i, int length, int to) {
            return Characters.isLetter(chars[i - 1]) && i + length < to && Characters.isLetter(chars[i + length])
                    ? length
                    : 0;
        }

        private int stops(int from, int to) {
            int end = from;
            while (end < to && chars[end] == '.') {
                end++;
            }
            return end - from;
        }

        /** Whether it is an address or an abbreviation. */
        private boolean isWhole(int from, int to) {
            if (chars[to - 1] == '.' && Abbreviations.isOne(chars, from, to - 1)) {
                return true;
            }
            for (int i = from + 1; i < to - 1; i++) {
                if (chars[i] == '@' || (chars[i] == ':' && i + 2 < to && chars[i + 1] == '/' && chars[i + 2] == '/')) {
                    return true;
                }
            }
            return to - from > 4
                    && chars[from] == 'w'
                    && chars[from + 1] == 'w'
                    && chars[from + 2] == 'w'
                    && chars[from + 3] == '.';
        }

        /** Its length if it is a mark that is taken off words, else 0. */
        private static int mark(int c) {
            boolean mark = switch (c) {
                case '-', '/', '@', '\\', '.', '\u2010', '\u2011' -> false;
                case '<', '>', '=', '`', '´' -> true;
                default -> Characters.isPunctuation(c) || isPicture(c);
            };
            return mark ? Character.charCount(c) : 0;
        }

        private static boolean isPicture(int c) {
            return Characters.isSymbol(c) && c != '°';
        }

        private static boolean isSmall(char c) {
            return Characters.isLetter(c) && !Characters.isUpperCase(c);
        }

        private static boolean isApostrophe(char c) {
            return c == '\'' || c == '’';
        }
    }
}
