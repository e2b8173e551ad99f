package org.alluvium.trainer.data;

import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.shard.ShardRow;

/**
 * A document as the trainer sees it. The array is shared, never changed.
 *
 * @param id of the document
 * @param provenance where it came from
 * @param contentHash decides whether it is held out
 * @param ids its tokens, with BOS and EOS as the shard's metadata says
 * @param textBytes length of its text in UTF-8 bytes
 * @param times of its way
 * @param repetition how often the training order has had it before, because of its {@code repeat}; {@link #REPLAYED} if it comes
 *     once more because the run replays earlier entries
 */
@SuppressWarnings("ArrayRecordComponent") // documents are never compared, and a copy of each would be waste
public record TrainingDocument(
        String id,
        Provenance provenance,
        ContentHash contentHash,
        int[] ids,
        long textBytes,
        Times times,
        int repetition) {

    /** {@link #repetition} of a document that was read before, in an earlier window. */
    static final int REPLAYED = -1;

    /**
     * Where a document came from.
     *
     * @param source short name, as configured
     * @param origin the file or topic, and the place in it
     * @param url address it was published at, if known
     * @param language BCP 47 tag, if known
     * @param row where it stands in the corpus
     */
    public record Provenance(
            String source, String origin, Optional<String> url, Optional<String> language, RowPlace row) {}

    /**
     * Moments of a document's way, in milliseconds since the epoch.
     *
     * @param eventMillis when it was published
     * @param ingestMillis when ingest read it; older shards do not tell
     * @param commitMillis when the log entry that brought it was created
     */
    public record Times(long eventMillis, OptionalLong ingestMillis, long commitMillis) {}

    /**
     * The document that a row of a commit's shard holds, when it is read for the first time.
     *
     * @param shard index of the shard in the commit
     * @param index of the row in the shard
     */
    public static TrainingDocument of(ShardRow row, LogEntry.Commit commit, int shard, long index) {
        return of(row, commit, shard, index, 0);
    }

    /** The document that a row of a commit's shard holds, when it was read so often before. */
    static TrainingDocument of(ShardRow row, LogEntry.Commit commit, int shard, long index, int repetition) {
        return new TrainingDocument(
                row.documentId(),
                new Provenance(
                        row.source(),
                        row.origin(),
                        row.url(),
                        row.language(),
                        new RowPlace(commit.sequence(), shard, index)),
                row.contentHash(),
                row.inputIds(),
                row.textBytes(),
                new Times(
                        row.eventTimeMillis(),
                        row.ingestTimeMillis(),
                        commit.createdAt().toEpochMilli()),
                repetition);
    }

    /** The document that a row of an earlier commit's shard holds, to be trained on once more. */
    static TrainingDocument replayed(ShardRow row, LogEntry.Commit commit, int shard, long index) {
        return of(row, commit, shard, index, REPLAYED);
    }

    /** Whether it comes once more, beside the new ones. */
    public boolean isReplayed() {
        return repetition == REPLAYED;
    }

    /** Number of tokens; 0 of the hole that a document has left which was taken down. */
    public int length() {
        return ids.length;
    }
}
