package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * Merges a sequence of symbols as byte-pair encoding does: again and again the rule of the lowest rank, and of equal ones
 * the leftmost (Sennrich, Haddow and Birch 2016, with SentencePiece's order). The memory of one thread.
 *
 * <p>Short sequences look for the best rule by passing over all of them. Long ones keep their rules in a heap, which takes
 * n log n steps for n symbols, and 32 bytes a symbol.
 */
final class Merger {

    /** Sequences up to this length are merged without a heap. */
    private static final int SHORT = 32;

    /** Memory for longer sequences than this is given back after use. */
    private static final int KEPT = 1 << 20;

    private static final long NO_RULE = Long.MAX_VALUE;
    private static final int GONE = -2;

    /** Is told of every two neighbours that a rule was found for, in the order in which they became neighbours. */
    interface Proposals {

        void proposed(int left, int right, int merged);
    }

    private int[] symbols = new int[64];
    private int[] starts = new int[64];
    private int count;

    private final long[] shortRules = new long[SHORT];

    private int[] previous = new int[0];
    private int[] next = new int[0];
    private final LongHeap heap = new LongHeap();

    /** Forgets all symbols. */
    void clear() {
        count = 0;
        if (symbols.length > KEPT) {
            symbols = new int[64];
            starts = new int[64];
            previous = new int[0];
            next = new int[0];
            heap.shrink();
        }
    }

    /** Adds a symbol at the end; {@code start} is where its bytes begin. */
    void add(int symbol, int start) {
        if (count == symbols.length) {
            symbols = Arrays.copyOf(symbols, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
        }
        symbols[count] = symbol;
        starts[count] = start;
        count++;
    }

    /** As {@link #add(int, int)}, with the rule for the symbol before and this one; all but the first are added so. */
    void add(int symbol, int start, long rule) {
        if (count <= SHORT) {
            shortRules[count - 1] = rule;
        }
        add(symbol, start);
    }

    /** The rule that the second symbol was added with. */
    long firstRule() {
        return shortRules[0];
    }

    /** How many symbols there are now. */
    int count() {
        return count;
    }

    int symbol(int index) {
        return symbols[index];
    }

    /** Where the bytes of a symbol begin. */
    int start(int index) {
        return starts[index];
    }

    /** Applies all rules that can be applied. */
    void merge(Merges rules) {
        for (int i = 0; count <= SHORT && i + 1 < count; i++) {
            shortRules[i] = rule(rules, symbols[i], symbols[i + 1]);
        }
        mergeFound(rules);
    }

    /** As {@link #merge}, and tells of the rules that were found. */
    void merge(Merges rules, Proposals proposals) {
        if (count > 0) {
            mergeLong(rules, proposals);
        }
    }

    /** As {@link #merge(Merges)}, where the symbols were added with their rules. */
    void mergeFound(Merges rules) {
        if (count <= SHORT) {
            mergeShort(rules);
        } else {
            mergeLong(rules, (left, right, merged) -> {});
        }
    }

    private void mergeShort(Merges rules) {
        while (true) {
            int best = -1;
            long bestRank = NO_RULE >>> 32;
            for (int i = 0; i + 1 < count; i++) {
                long rank = shortRules[i] >>> 32;
                if (rank < bestRank) {
                    best = i;
                    bestRank = rank;
                }
            }
            if (best < 0) {
                return;
            }
            symbols[best] = Merges.merged(shortRules[best]);
            removeAfter(best);
            if (best > 0) {
                shortRules[best - 1] = rule(rules, symbols[best - 1], symbols[best]);
            }
            if (best + 1 < count) {
                shortRules[best] = rule(rules, symbols[best], symbols[best + 1]);
            }
        }
    }

    private void removeAfter(int index) {
        for (int i = index + 1; i + 1 < count; i++) {
            symbols[i] = symbols[i + 1];
            starts[i] = starts[i + 1];
            shortRules[i] = shortRules[i + 1];
        }
        count--;
    }

    private static long rule(Merges rules, int left, int right) {
        long rule = rules.of(left, right);
        return rule == Merges.NONE ? NO_RULE : rule;
    }

    private void mergeLong(Merges rules, Proposals proposals) {
        link();
        heap.clear();
        for (int i = 0; i + 1 < count; i++) {
            propose(rules, proposals, i, i + 1);
        }
        while (!heap.isEmpty()) {
            long top = heap.poll();
            int left = (int) top;
            int right = next[left];
            if (symbols[left] == GONE || right < 0) {
                continue;
            }
            long rule = rules.of(symbols[left], symbols[right]);
            if (rule == Merges.NONE || Merges.rank(rule) != (int) (top >>> 32)) {
                continue;
            }
            symbols[left] = Merges.merged(rule);
            symbols[right] = GONE;
            next[left] = next[right];
            if (next[right] >= 0) {
                previous[next[right]] = left;
                propose(rules, proposals, previous[left], left);
                propose(rules, proposals, left, next[left]);
            } else {
                propose(rules, proposals, previous[left], left);
            }
        }
        compact();
    }

    private void propose(Merges rules, Proposals proposals, int left, int right) {
        if (left < 0) {
            return;
        }
        long rule = rules.of(symbols[left], symbols[right]);
        if (Merges.applies(rule)) {
            proposals.proposed(symbols[left], symbols[right], Merges.merged(rule));
            heap.add(((long) Merges.rank(rule) << 32) | left);
        }
    }

    private void link() {
        if (previous.length < count) {
            previous = new int[symbols.length];
            next = new int[symbols.length];
        }
        for (int i = 0; i < count; i++) {
            previous[i] = i - 1;
            next[i] = i + 1;
        }
        next[count - 1] = -1;
    }

    private void compact() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (symbols[i] != GONE) {
                symbols[kept] = symbols[i];
                starts[kept] = starts[i];
                kept++;
            }
        }
        count = kept;
    }
}
