package org.alluvium.tokenizer.train.unigram;

/**
 * What training starts with: all letters, and the repeated strings that cover most of the text.
 *
 * <p>Strings are those that different letters stand behind in the text, since another one is never of use without its
 * continuation. What stands behind a fragment counts: a word that a space always follows is none, though no piece may hold both. They are the inner nodes of the suffix tree, read from the suffix array with its common
 * prefixes (Abouelhoda, Kurtz, Ohlebusch: "Replacing suffix trees with enhanced suffix arrays", 2004), and the leaves that
 * occur more than once because their fragment does.
 */
final class Seeds {

    private final Fragments fragments;
    private final int[] letters;
    private final int[] owners;
    private final int longest;
    private final PieceRule rule;
    private final int[] scratch;
    private final Best best;

    private Seeds(Fragments fragments, int longest, int limit, PieceRule rule) {
        this.fragments = fragments;
        this.letters = fragments.letters();
        this.owners = owners(fragments);
        this.longest = longest;
        this.rule = rule;
        this.scratch = new int[longest];
        this.best = new Best(limit);
    }

    /**
     * Finds the seeds: first the letters in their order, then strings.
     *
     * @param longest no string has more letters
     * @param limit so many strings at most: those with the largest product of count and length
     */
    static Pieces of(Fragments fragments, int longest, int limit, PieceRule rule) {
        Seeds seeds = new Seeds(fragments, longest, limit, rule);
        seeds.collect();
        return seeds.pieces();
    }

    private static int[] owners(Fragments fragments) {
        int[] owners = new int[fragments.letters().length];
        for (int fragment = 0; fragment < fragments.size(); fragment++) {
            for (int at = fragments.start(fragment); at <= fragments.end(fragment); at++) {
                owners[at] = fragment;
            }
        }
        return owners;
    }

    private void collect() {
        int[] order = SuffixArray.of(letters, fragments.alphabetSize());
        int[] common = SuffixArray.commonPrefixes(letters, order, Fragments.SEPARATOR);
        int[] depths = new int[longest + 2];
        long[] counts = new long[longest + 2];
        int[] followers = new int[longest + 2];
        int top = 0;
        // As many suffixes begin with a separator as there are fragments, and they come first.
        for (int i = fragments.size() + 1; i <= order.length; i++) {
            int depth = i == order.length ? 0 : Math.min(common[i], longest + 1);
            int suffix = order[i - 1];
            long count = fragments.count(owners[suffix]);
            int follower = fragments.follower(owners[suffix]);
            leaf(suffix, Math.max(common[i - 1], depth), count, follower);
            while (depths[top] > depth) {
                count += counts[top];
                follower = Fragments.together(follower, followers[top]);
                if (goesOn(suffix, depths[top]) || follower == CountedStrings.SEVERAL) {
                    offer(suffix, depths[top], count);
                }
                top--;
            }
            if (depths[top] < depth) {
                top++;
                depths[top] = depth;
                counts[top] = 0;
                followers[top] = Fragments.NOTHING;
            }
            counts[top] += count;
            followers[top] = Fragments.together(followers[top], follower);
        }
    }

    /** A suffix that no other one begins with is a repeated string if its fragment is, with this and that behind it. */
    private void leaf(int suffix, int shared, long count, int follower) {
        int length = fragments.end(owners[suffix]) - suffix;
        if (length > shared && count > 1 && follower == CountedStrings.SEVERAL) {
            offer(suffix, length, count);
        }
    }

    /** Whether the last suffix that begins with a string is longer: those that end with it come first. */
    private boolean goesOn(int suffix, int length) {
        return suffix + length < fragments.end(owners[suffix]);
    }

    private void offer(int offset, int length, long count) {
        if (length < 2 || length > longest) {
            return;
        }
        long cover = count * length;
        if (!best.wants(cover)) {
            return;
        }
        for (int i = 0; i < length; i++) {
            scratch[i] = fragments.codePoint(letters[offset + i]);
        }
        if (rule.allows(scratch, 0, length)) {
            best.add(offset, length, cover);
        }
    }

    private Pieces pieces() {
        int singles = fragments.alphabetSize() - 1;
        best.shrink();
        int size = singles + best.size();
        int[] offsets = new int[size];
        int[] lengths = new int[size];
        double[] weights = new double[size];
        for (int at = letters.length - 1; at >= 0; at--) {
            if (letters[at] != Fragments.SEPARATOR) {
                int piece = letters[at] - 1;
                offsets[piece] = at;
                lengths[piece] = 1;
                weights[piece] += fragments.count(owners[at]);
            }
        }
        for (int i = 0; i < best.size(); i++) {
            offsets[singles + i] = best.offset(i);
            lengths[singles + i] = best.length(i);
            weights[singles + i] = best.cover(i);
        }
        return new Pieces(offsets, lengths, logarithmsOfShares(weights));
    }

    private static double[] logarithmsOfShares(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double[] logarithms = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            logarithms[i] = Math.log(weights[i] / sum);
        }
        return logarithms;
    }
}
