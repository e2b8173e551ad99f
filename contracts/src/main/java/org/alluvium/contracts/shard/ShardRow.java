package org.alluvium.contracts.shard;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;

/**
 * One tokenized document as a row of a shard, or the {@linkplain #hole hole} that one has left. The array is owned by whoever holds the row and is not copied.
 *
 * @param documentId {@code Document.id}
 * @param source {@code Document.source}
 * @param origin {@code Document.origin}
 * @param url {@code Document.url}
 * @param eventTimeMillis {@code Document.eventTimeMillis}
 * @param ingestTimeMillis when ingest read the record, in milliseconds since the epoch; absent in shards of release 0.1.0
 * @param language BCP 47 tag, if known
 * @param quality score of the quality classifier in [0, 1], or 1 where none ran
 * @param contentHash hash of the normalized text
 * @param repeat how many times the document is to be trained on, at least 1
 * @param inputIds token ids, with BOS and EOS as the shard's metadata says
 * @param textBytes length of the text in UTF-8 bytes, the denominator of bits per byte
 * @param seal lets the shard's root commit to the row; absent in shards of releases without roots
 */
@SuppressWarnings("ArrayRecordComponent") // identity of rows is never asked for, and a copy per row would be waste
public record ShardRow(
        String documentId,
        String source,
        String origin,
        Optional<String> url,
        long eventTimeMillis,
        OptionalLong ingestTimeMillis,
        Optional<String> language,
        float quality,
        ContentHash contentHash,
        int repeat,
        int[] inputIds,
        long textBytes,
        Optional<RowSeal> seal) {

    private static final int[] NO_TOKENS = {};

    /** What a held-out share is a part of: hashes are told apart by what is left when they are divided by it. */
    private static final int SHARES = 1000;

    /** A row that no root commits to. */
    public ShardRow(
            String documentId,
            String source,
            String origin,
            Optional<String> url,
            long eventTimeMillis,
            OptionalLong ingestTimeMillis,
            Optional<String> language,
            float quality,
            ContentHash contentHash,
            int repeat,
            int[] inputIds,
            long textBytes) {
        this(
                documentId,
                source,
                origin,
                url,
                eventTimeMillis,
                ingestTimeMillis,
                language,
                quality,
                contentHash,
                repeat,
                inputIds,
                textBytes,
                Optional.empty());
    }

    /** The same row, which a root can commit to. */
    public ShardRow sealed(RowSeal.Salt salt) {
        return with(inputIds, Optional.of(salt));
    }

    public int tokenCount() {
        return inputIds.length;
    }

    /**
     * What is left of the row when its document is taken down: a place among the rows, and what the order of the others
     * depends on. That is how often it stands there, how old it was, and on which side of the held-out split it falls, for
     * which the residue of its hash is kept. And its leaf, so that the shard's root goes on to prove the other rows.
     */
    public ShardRow hole() {
        ContentHash residue = new ContentHash(Long.remainderUnsigned(contentHash.high(), SHARES), 0);
        return new ShardRow(
                "",
                source,
                "",
                Optional.empty(),
                eventTimeMillis,
                OptionalLong.empty(),
                Optional.empty(),
                0,
                residue,
                repeat,
                NO_TOKENS,
                0,
                RowLeaf.of(this).map(RowSeal.Leaf::new));
    }

    /** Whether all of both is the same, tokens included. */
    public boolean equalTo(ShardRow other) {
        return Arrays.equals(inputIds, other.inputIds)
                && with(NO_TOKENS, seal).equals(other.with(NO_TOKENS, other.seal));
    }

    private ShardRow with(int[] otherIds, Optional<RowSeal> otherSeal) {
        return new ShardRow(
                documentId,
                source,
                origin,
                url,
                eventTimeMillis,
                ingestTimeMillis,
                language,
                quality,
                contentHash,
                repeat,
                otherIds,
                textBytes,
                otherSeal);
    }

    /** Whether it is the place of a document that was taken down. */
    public boolean isHole() {
        return inputIds.length == 0 && documentId.isEmpty();
    }
}
