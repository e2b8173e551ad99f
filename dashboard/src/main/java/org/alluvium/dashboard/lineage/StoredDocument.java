package org.alluvium.dashboard.lineage;

import java.time.Instant;
import java.util.Optional;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.shard.RowHead;

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
 * @param readAt when ingest read it; empty in shards of releases that did not tell
 * @param committedAt when the log entry was created that names its shard
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
        Optional<String> readAt,
        String committedAt,
        RowPlace place) {

    static StoredDocument of(RowHead head, RowPlace place, Instant committedAt) {
        ShardRow row = head.row();
        return new StoredDocument(
                row.documentId(),
                row.source(),
                row.origin(),
                row.url(),
                row.language(),
                row.quality(),
                row.contentHash().toString(),
                row.repeat(),
                head.tokens(),
                Instant.ofEpochMilli(row.eventTimeMillis()).toString(),
                row.ingestTimeMillis().stream()
                        .mapToObj(millis -> Instant.ofEpochMilli(millis).toString())
                        .findFirst(),
                committedAt.toString(),
                place);
    }

    /** Whether a name is its id, address, origin or content hash. */
    boolean isNamed(String name) {
        return name.equals(id)
                || name.equals(origin)
                || name.equals(contentHash)
                || url.filter(name::equals).isPresent();
    }
}
