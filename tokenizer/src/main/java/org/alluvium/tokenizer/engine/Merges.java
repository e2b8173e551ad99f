package org.alluvium.tokenizer.engine;

/**
 * The rules of a BPE vocabulary: which two symbols become one, and how soon. Symbols are numbered by whoever makes the
 * rules. Immutable once made, and then thread-safe.
 */
final class Merges {

    /** What {@link #of} answers where the two symbols stay two. */
    static final long NONE = PairTable.NONE;

    private final PairTable rules;

    Merges(int expected) {
        this.rules = new PairTable(expected);
    }

    /**
     * Adds a rule.
     *
     * @param rank when it is applied: the lowest first, and of equal ones the leftmost
     */
    void add(int left, int right, int merged, int rank) {
        rules.put(left, right, ((long) rank << 32) | merged);
    }

    /** The rule for two neighbours, to be taken apart by {@link #rank} and {@link #merged}, or {@link #NONE}. */
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
