package org.alluvium.contracts.shard;

import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;

/**
 * One tokenized document as a row of a shard. The array is owned by whoever holds the row and is not copied.
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
        long textBytes) {

    public int tokenCount() {
        return inputIds.length;
    }
}
