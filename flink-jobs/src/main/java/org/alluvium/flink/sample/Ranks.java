package org.alluvium.flink.sample;

import java.util.Optional;
import java.util.TreeSet;
import org.alluvium.contracts.document.ContentHash;

/**
 * The smallest so many ranks of all that were offered. A rank is a text's content hash, mixed with a seed: so what is among the
 * smallest is drawn at random, depends on the texts alone and not on their order, and of two sets of texts it is among the smallest of
 * either (bottom-k sampling; Cohen and Kaplan, 2007). Not thread-safe.
 */
final class Ranks {

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final int most;
    private final long seed;
    private final TreeSet<ContentHash> smallest = new TreeSet<>();

    /** None yet. */
    Ranks(int most, long seed) {
        this.most = most;
        this.seed = seed;
    }

    /** The rank of a text. Different texts have different ones. */
    ContentHash of(ContentHash text) {
        return new ContentHash(mix(text.high() ^ mix(seed + ODD)), text.low());
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014), which no two numbers share a result of. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Offers a rank; says whether it was not there and is among the smallest now. */
    boolean add(ContentHash rank) {
        boolean among = smallest.size() < most || rank.compareTo(smallest.last()) < 0;
        return among && smallest.add(rank);
    }

    /** Lets go of the largest, where there is one too many: to be asked after each that was added. */
    Optional<ContentHash> dropped() {
        return smallest.size() > most ? Optional.ofNullable(smallest.pollLast()) : Optional.empty();
    }

    /** Those there are, the smallest first. */
    Iterable<ContentHash> inOrder() {
        return smallest;
    }
}
