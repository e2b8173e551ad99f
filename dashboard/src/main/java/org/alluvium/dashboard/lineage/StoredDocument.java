package org.alluvium.dashboard.lineage;

import java.time.Instant;
import java.util.Optional;
import org.alluvium.contracts.shard.ShardRow;

/**
 * A document as its shard has it, without its text.
 *
 * @param id of the document
 * @param source it came from
 * @param origin where it was read
 * @param url if it has one
 * @param language BCP 47 tag, if known
 * @param quality score of the quality classifier, or 1 where none ran
 * @param contentHash of its text
 * @param repeat how often it is to be trained on
 * @param tokens of it
 * @param publishedAt its event time
 * @param place where it lies
 */
public record StoredDocument(
        String id,
        String source,
        String origin,
        Optional<String> url,
        Optional<String> language,
        double quality,
        String contentHash,
        int repeat,
        int tokens,
        String publishedAt,
        Place place) {

    /**
     * A row of a shard.
     *
     * @param sequence of the log entry that names the shard
     * @param shard index within the entry
     * @param row index within the shard
     */
    public record Place(long sequence, int shard, long row) {}

    static StoredDocument of(ShardRow row, Place place) {
        return new StoredDocument(
                row.documentId(),
                row.source(),
                row.origin(),
                row.url(),
                row.language(),
                row.quality(),
                row.contentHash().toString(),
                row.repeat(),
                row.tokenCount(),
                Instant.ofEpochMilli(row.eventTimeMillis()).toString(),
                place);
    }
}
