package org.alluvium.tokenizer.shard;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.contracts.shard.RowLeaf;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;

/** Adds up what the log says of a shard, row by row. A hole is a row of its source and time. */
final class ShardFacts {

    private final Map<String, Long> rowsPerSource = new TreeMap<>();
    private long rows;
    private long tokens;
    private long minEventTimeMillis = Long.MAX_VALUE;
    private long maxEventTimeMillis = Long.MIN_VALUE;

    /** Empty once there was a row without a seal. */
    private Optional<MerkleTree> leaves = Optional.of(MerkleTree.EMPTY);

    void add(ShardRow row) {
        rows++;
        tokens += row.tokenCount();
        rowsPerSource.merge(row.source(), 1L, Long::sum);
        minEventTimeMillis = Math.min(minEventTimeMillis, row.eventTimeMillis());
        maxEventTimeMillis = Math.max(maxEventTimeMillis, row.eventTimeMillis());
        leaves = leaves.flatMap(tree -> RowLeaf.of(row).map(tree::plus));
    }

    long rows() {
        return rows;
    }

    long tokens() {
        return tokens;
    }

    ShardFile toShardFile(String path, long bytes, String sha256) {
        return new ShardFile(
                path,
                rows,
                tokens,
                bytes,
                sha256,
                rowsPerSource,
                minEventTimeMillis,
                maxEventTimeMillis,
                leaves.map(MerkleTree::root));
    }
}
