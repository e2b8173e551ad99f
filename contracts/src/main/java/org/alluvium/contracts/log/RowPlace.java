package org.alluvium.contracts.log;

/**
 * Where a row stands. It never changes, whatever is taken down.
 *
 * @param entry sequence of the commit that named its shard
 * @param shard index of the shard in the commit
 * @param row index of the row in the shard
 */
public record RowPlace(long entry, int shard, long row) {}
