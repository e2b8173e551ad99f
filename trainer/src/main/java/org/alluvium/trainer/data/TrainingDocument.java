package org.alluvium.trainer.data;

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
 * @param eventTimeMillis when it was published, in milliseconds since the epoch
 * @param commitTimeMillis when the log entry that brought it was created, in milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // documents are never compared, and a copy of each would be waste
public record TrainingDocument(
        String id,
        String source,
        ContentHash contentHash,
        int[] ids,
        long textBytes,
        long eventTimeMillis,
        long commitTimeMillis) {

    /** The document that a row of a commit's shard holds. */
    public static TrainingDocument of(ShardRow row, LogEntry.Commit commit) {
        return new TrainingDocument(
                row.documentId(),
                row.source(),
                row.contentHash(),
                row.inputIds(),
                row.textBytes(),
                row.eventTimeMillis(),
                commit.createdAt().toEpochMilli());
    }

    /** Number of tokens. */
    public int length() {
        return ids.length;
    }
}
