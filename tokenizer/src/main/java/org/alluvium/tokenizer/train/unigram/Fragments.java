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

    /** Of no fragment it is known yet what stands behind it. */
    static final int NOTHING = -3;

    private final int[] alphabet;
    private final int[] letters;
    private final int[] starts;
    private final long[] counts;
    private final int[] followers;

    private Fragments(int[] alphabet, int[] letters, int[] starts, long[] counts, int[] followers) {
        this.alphabet = alphabet;
        this.letters = letters;
        this.starts = starts;
        this.counts = counts;
        this.followers = followers;
    }

    /**
     * Cuts words into fragments.
     *
     * @param known which code points there are pieces for; all others are cut out
     */
    static Fragments of(CountedStrings words, IntPredicate known, PieceRule rule) {
        Map<String, Count> distinct = new HashMap<>();
        words.forEach((points, from, to, count, next) -> {
            int start = from;
            for (int at = from; at < to; at++) {
                boolean isKnown = known.test(points[at]);
                if (start < at && (!isKnown || rule.separates(points[at - 1], points[at]))) {
                    add(points, start, at, count, points[at], distinct);
                    start = at;
                }
                if (!isKnown) {
                    start = at + 1;
                }
            }
            if (start < to) {
                add(points, start, to, count, next, distinct);
            }
        });
        return of(distinct);
    }

    private static void add(int[] points, int from, int to, long count, int next, Map<String, Count> distinct) {
        Count counted = distinct.computeIfAbsent(new String(points, from, to - from), ignored -> new Count());
        counted.value += count;
        counted.follower = together(counted.follower, next);
    }

    /** What stands behind one string or another: {@link #NOTHING}, a code point, or one of {@link CountedStrings}. */
    static int together(int follower, int other) {
        if (follower == NOTHING || follower == other) {
            return other;
        }
        return other == NOTHING ? follower : CountedStrings.SEVERAL;
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
        int[] followers = new int[texts.length];
        int end = 0;
        for (int i = 0; i < texts.length; i++) {
            starts[i] = end;
            counts[i] = distinct.get(texts[i]).value;
            followers[i] = distinct.get(texts[i]).follower;
            for (int at = 0; at < texts[i].length(); ) {
                int codePoint = texts[i].codePointAt(at);
                letters[end++] = ranks[codePoint];
                at += Character.charCount(codePoint);
            }
            letters[end++] = SEPARATOR;
        }
        starts[texts.length] = end;
        return new Fragments(alphabet, letters, starts, counts, followers);
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

    /** What stands behind a fragment in the text: a code point, {@link CountedStrings#END} or {@link CountedStrings#SEVERAL}. */
    int follower(int fragment) {
        return followers[fragment];
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
        private int follower = NOTHING;
    }
}
