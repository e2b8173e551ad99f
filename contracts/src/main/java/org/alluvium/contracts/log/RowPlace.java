package org.alluvium.contracts.log;

import java.util.Comparator;

/**
 * Where a row stands. It never changes, whatever is taken down.
 *
 * @param entry sequence of the commit that named its shard
 * @param shard index of the shard in the commit
 * @param row index of the row in the shard
 */
public record RowPlace(long entry, int shard, long row) implements Comparable<RowPlace> {

    private static final Comparator<RowPlace> ORDER = Comparator.comparingLong(RowPlace::entry)
            .thenComparingInt(RowPlace::shard)
            .thenComparingLong(RowPlace::row);

    /** In the order of the log. */
    @Override
    public int compareTo(RowPlace other) {
        return ORDER.compare(this, other);
    }
}
