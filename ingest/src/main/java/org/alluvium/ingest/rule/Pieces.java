package org.alluvium.ingest.rule;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.words.Sentences;
import org.alluvium.ingest.words.Words;

/** Parts of one text in their order, such as its lines. The published rules do not all mean the same by a line. */
final class Pieces {

    private final String text;
    private int[] bounds = new int[64];
    private int count;

    private Pieces(String text) {
        this.text = text;
    }

    /** Lines as Python's {@code splitlines} has them: every line break of Unicode ends one, and so do a few controls. */
    static Pieces lines(String text) {
        Pieces lines = new Pieces(text);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLineBreak(c)) {
                lines.add(start, i);
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(start, text.length());
        }
        return lines;
    }

    /** What stands between single line feeds; it may be empty. */
    static Pieces betweenLineFeeds(String text) {
        return between(text, 0, text.length(), 1, 1);
    }

    /** What stands between line feeds, any number of them being one border; the first and the last may be empty. */
    static Pieces betweenRunsOfLineFeeds(String text) {
        return between(text, 0, text.length(), 1, Integer.MAX_VALUE);
    }

    /** What stands between two or more line feeds, without the white space around the text. */
    static Pieces paragraphs(String text) {
        Span all = strip(text, 0, text.length());
        return between(text, all.start(), all.end(), 2, Integer.MAX_VALUE);
    }

    /** Sentences, by the words of a text. */
    static Pieces sentences(Words words) {
        Pieces pieces = new Pieces(words.text());
        Sentences sentences = Sentences.of(words, 0, words.count());
        while (sentences.advance()) {
            pieces.add(sentences.start(), sentences.end());
        }
        return pieces;
    }

    private static Pieces between(String text, int from, int to, int least, int most) {
        Pieces pieces = new Pieces(text);
        int start = from;
        int at = text.indexOf('\n', from);
        while (at >= 0 && at < to) {
            int end = at + 1;
            while (end < to && end - at < most && text.charAt(end) == '\n') {
                end++;
            }
            if (end - at >= least) {
                pieces.add(start, at);
                start = end;
            }
            at = text.indexOf('\n', end);
        }
        pieces.add(start, to);
        return pieces;
    }

    private void add(int start, int end) {
        if (2 * count + 2 > bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }

    int count() {
        return count;
    }

    int start(int i) {
        return bounds[2 * i];
    }

    /** The first index behind piece i. */
    int end(int i) {
        return bounds[2 * i + 1];
    }

    /** Length of piece i in code points. */
    int length(int i) {
        return text.codePointCount(start(i), end(i));
    }

    /** Piece i without the white space around it. */
    Span stripped(int i) {
        return strip(text, start(i), end(i));
    }

    /** A text without the white space around it, where Python knows more white space than {@link String#strip}. */
    static String strip(String text) {
        Span span = strip(text, 0, text.length());
        return text.substring(span.start(), span.end());
    }

    private static Span strip(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && Characters.isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && Characters.isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return new Span(from, to);
    }

    /** The same without those of white space alone. */
    Pieces withoutBlank() {
        Pieces kept = new Pieces(text);
        for (int i = 0; i < count; i++) {
            if (!stripped(i).isEmpty()) {
                kept.add(start(i), end(i));
            }
        }
        return kept;
    }

    /** How many are equal to one before, and their length. */
    Repeats repeats() {
        Set<String> seen = new HashSet<>();
        int pieces = 0;
        long codePoints = 0;
        for (int i = 0; i < count; i++) {
            if (!seen.add(text.substring(start(i), end(i)))) {
                pieces++;
                codePoints += length(i);
            }
        }
        return new Repeats(pieces, codePoints);
    }

    /** Where something begins, and the first index behind it. */
    record Span(int start, int end) {
        boolean isEmpty() {
            return start == end;
        }
    }

    /** Pieces that are equal to one before. */
    record Repeats(int pieces, long codePoints) {}

    private static boolean isLineBreak(char c) {
        return c <= '\r'
                ? c >= '\n'
                : c >= '\u001C' && (c <= '\u001E' || c == '\u0085' || c == '\u2028' || c == '\u2029');
    }
}
