package org.alluvium.trainer.data;

import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardRow;

/**
 * A document as the trainer sees it. The array is shared, never changed.
 *
 * @param id of the document
 * @param source short name of where it came from
 * @param contentHash decides whether it is held out
 * @param ids its tokens, with BOS and EOS as the shard's metadata says
 * @param textBytes length of its text in UTF-8 bytes
 * @param times of its way
 */
@SuppressWarnings("ArrayRecordComponent") // documents are never compared, and a copy of each would be waste
public record TrainingDocument(
        String id, String source, ContentHash contentHash, int[] ids, long textBytes, Times times) {

    /**
     * Moments of a document's way, in milliseconds since the epoch.
     *
     * @param eventMillis when it was published
     * @param ingestMillis when ingest read it; older shards do not tell
     * @param commitMillis when the log entry that brought it was created
     */
    public record Times(long eventMillis, OptionalLong ingestMillis, long commitMillis) {}

    /** The document that a row of a commit's shard holds. */
    public static TrainingDocument of(ShardRow row, LogEntry.Commit commit) {
        return new TrainingDocument(
                row.documentId(),
                row.source(),
                row.contentHash(),
                row.inputIds(),
                row.textBytes(),
                new Times(
                        row.eventTimeMillis(),
                        row.ingestTimeMillis(),
                        commit.createdAt().toEpochMilli()));
    }

    /** Number of tokens. */
    public int length() {
        return ids.length;
    }
}
