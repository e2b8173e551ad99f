package org.alluvium.contracts.shard;

import java.util.Map;
import java.util.Optional;

/**
 * What the log says of a shard: enough to fetch it, to verify it, and to plan without opening it.
 *
 * @param path relative to the corpus folder, with forward slashes, e.g. {@code shards/00000007-000042-0-0.parquet}
 * @param rows documents in it
 * @param tokens sum of token counts
 * @param bytes size of the file
 * @param sha256 digest of the file, 64 lower-case hexadecimal digits
 * @param rowsPerSource rows by source name
 * @param minEventTimeMillis smallest event time of its rows
 * @param maxEventTimeMillis largest event time of its rows
 * @param rowsRoot root of the Merkle tree of its rows' {@linkplain RowLeaf leaves}; absent if a release without roots wrote it.
 *     A shard that is written again without what was taken down keeps it
 */
public record ShardFile(
        String path,
        long rows,
        long tokens,
        long bytes,
        String sha256,
        Map<String, Long> rowsPerSource,
        long minEventTimeMillis,
        long maxEventTimeMillis,
        Optional<String> rowsRoot) {

    /** A shard without a root. */
    public ShardFile(
            String path,
            long rows,
            long tokens,
            long bytes,
            String sha256,
            Map<String, Long> rowsPerSource,
            long minEventTimeMillis,
            long maxEventTimeMillis) {
        this(
                path,
                rows,
                tokens,
                bytes,
                sha256,
                rowsPerSource,
                minEventTimeMillis,
                maxEventTimeMillis,
                Optional.empty());
    }

    public ShardFile {
        rowsPerSource = Map.copyOf(rowsPerSource);
    }
}
