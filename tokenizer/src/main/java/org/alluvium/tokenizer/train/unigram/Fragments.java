package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The training text as distinct strings with counts, cut wherever no piece can reach over.
 *
 * <p>A segmentation of a text is one of each such string, independently. So nothing is lost by counting equal strings together,
 * and much time is won: most of a text are a few words.
 *
 * <p>Letters are ranks of code points, from 1; 0 stands behind every fragment.
 */
final class Fragments {

    static final int SEPARATOR = 0;

    private final int[] alphabet;
    private final int[] letters;
    private final int[] starts;
    private final long[] counts;

    private Fragments(int[] alphabet, int[] letters, int[] starts, long[] counts) {
        this.alphabet = alphabet;
        this.letters = letters;
        this.starts = starts;
        this.counts = counts;
    }

    /**
     * Cuts words into fragments.
     *
     * @param known which code points there are pieces for; all others are cut out
     */
    static Fragments of(CountedStrings words, IntPredicate known, PieceRule rule) {
        Map<String, Count> distinct = new HashMap<>();
        words.forEach((points, from, to, count) -> {
            int start = from;
            for (int at = from; at < to; at++) {
                boolean isKnown = known.test(points[at]);
                if (start < at && (!isKnown || rule.separates(points[at - 1], points[at]))) {
                    add(points, start, at, count, distinct);
                    start = at;
                }
                if (!isKnown) {
                    start = at + 1;
                }
            }
            if (start < to) {
                add(points, start, to, count, distinct);
            }
        });
        return of(distinct);
    }

    private static void add(int[] points, int from, int to, long count, Map<String, Count> distinct) {
        distinct.computeIfAbsent(new String(points, from, to - from), ignored -> new Count()).value += count;
    }

    private static Fragments of(Map<String, Count> distinct) {
        String[] texts = distinct.keySet().toArray(String[]::new);
        Arrays.sort(texts);
        int[] alphabet = Arrays.stream(texts)
                .flatMapToInt(String::codePoints)
                .distinct()
                .sorted()
                .toArray();
        int[] ranks = new int[alphabet.length == 0 ? 0 : alphabet[alphabet.length - 1] + 1];
        for (int i = 0; i < alphabet.length; i++) {
            ranks[alphabet[i]] = i + 1;
        }
        long size = texts.length;
        for (String text : texts) {
            size += text.codePointCount(0, text.length());
        }
        int[] letters = new int[Math.toIntExact(size)];
        int[] starts = new int[texts.length + 1];
        long[] counts = new long[texts.length];
        int end = 0;
        for (int i = 0; i < texts.length; i++) {
            starts[i] = end;
            counts[i] = distinct.get(texts[i]).value;
            for (int at = 0; at < texts[i].length(); ) {
                int codePoint = texts[i].codePointAt(at);
                letters[end++] = ranks[codePoint];
                at += Character.charCount(codePoint);
            }
            letters[end++] = SEPARATOR;
        }
        starts[texts.length] = end;
        return new Fragments(alphabet, letters, starts, counts);
    }

    int size() {
        return counts.length;
    }

    /** All fragments, a separator behind each. */
    int[] letters() {
        return letters;
    }

    /** One more than the largest letter. */
    int alphabetSize() {
        return alphabet.length + 1;
    }

    int start(int fragment) {
        return starts[fragment];
    }

    /** Where a fragment's separator is. */
    int end(int fragment) {
        return starts[fragment + 1] - 1;
    }

    long count(int fragment) {
        return counts[fragment];
    }

    int codePoint(int letter) {
        return alphabet[letter - 1];
    }

    /** How long the longest fragment is, without its separator. */
    int longest() {
        int longest = 0;
        for (int i = 0; i < size(); i++) {
            longest = Math.max(longest, end(i) - start(i));
        }
        return longest;
    }

    private static final class Count {
        private long value;
    }
}
