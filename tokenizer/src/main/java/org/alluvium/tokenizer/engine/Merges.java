package org.alluvium.tokenizer.engine;

/**
 * The rules of a BPE vocabulary: which two symbols become one, and how soon. Symbols are numbered by whoever makes the
 * rules. Immutable once made, and then thread-safe.
 */
final class Merges {

    /** What {@link #of} answers where the two symbols stay two. */
    static final long NONE = PairTable.NONE;

    private static final long NEVER = Integer.MAX_VALUE;

    private final PairTable rules;

    Merges(int expected) {
        this.rules = new PairTable(expected);
    }

    /**
     * Adds a rule.
     *
     * @param rank when it is applied: the lowest first, and of equal ones the leftmost; less than 2^31 - 1
     */
    void add(int left, int right, int merged, int rank) {
        rules.put(left, right, ((long) rank << 32) | merged);
    }

    /** Notes that two symbols stand side by side in a text that rules put together, if there is no rule for them. */
    void addNeighbours(int left, int right) {
        if (of(left, right) == NONE) {
            rules.put(left, right, NEVER << 32);
        }
    }

    /** Whether what {@link #of} answers is a rule that can be applied. */
    static boolean applies(long rule) {
        return rule != NONE && rank(rule) != NEVER;
    }

    /** The rule for two neighbours, to be taken apart by {@link #rank} and {@link #merged}, or {@link #NONE}; neighbours
     * that are only noted have a rule of the highest rank, which is not applied. */
    long of(int left, int right) {
        return rules.get(left, right);
    }

    static int rank(long rule) {
        return (int) (rule >>> 32);
    }

    static int merged(long rule) {
        return (int) rule;
    }
}
