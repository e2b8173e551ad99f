package org.alluvium.flink.takedown;

import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.shard.ShardRow;

/**
 * A row whose document was taken down, and where it stood.
 *
 * @param entry sequence of the log entry
 * @param shard index of the shard in the entry
 * @param row index of the row in the shard
 * @param id of the document
 * @param source of the document
 * @param url of the document
 * @param contentHash of its text
 * @param tokens it had
 */
public record TakenRow(
        long entry,
        int shard,
        long row,
        String id,
        String source,
        Optional<String> url,
        ContentHash contentHash,
        int tokens) {

    /** Where it stood. */
    public RowPlace place() {
        return new RowPlace(entry, shard, row);
    }

    static TakenRow of(long entry, int shard, long index, ShardRow row) {
        return new TakenRow(
                entry, shard, index, row.documentId(), row.source(), row.url(), row.contentHash(), row.tokenCount());
    }
}
