package org.alluvium.flink.types;

import java.util.Map;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.text.ContentHasher;

/**
 * What is known so far of the fate of one record. Parsing makes a {@link Candidate} or {@link Refused} of it,
 * deduplication may turn a candidate into a {@link Duplicate}, and tokenization turns every other candidate into an
 * {@link Accepted} row. All of them take the same way to the sink, because only then can one log entry publish shards,
 * dead letters and counts together.
 */
public sealed interface Outcome {

    /** What the stream is partitioned by: equal texts meet at the same subtask, everything else is spread. */
    ContentHash key();

    /**
     * A document of which nothing is decided yet.
     *
     * @param hash of the document's text
     */
    record Candidate(ContentHash hash, Document document) implements Outcome {
        @Override
        public ContentHash key() {
            return hash;
        }
    }

    /** A document whose text had been seen before. */
    record Duplicate(ContentHash hash) implements Outcome {
        @Override
        public ContentHash key() {
            return hash;
        }
    }

    /** A document that becomes a row of a shard. */
    record Accepted(ShardRow row) implements Outcome {
        @Override
        public ContentHash key() {
            return row.contentHash();
        }
    }

    /** A record that is not a document. */
    record Refused(DeadLetter letter) implements Outcome {
        @Override
        public ContentHash key() {
            return ContentHasher.v1(letter.origin());
        }
    }

    /**
     * Not a record but the count of them: sent by each parser before every checkpoint barrier, so that the sink can
     * compare what was read with what arrived.
     *
     * @param subtask the parser's
     * @param read records it has read since it last said so
     * @param positions origin of the last of them, by source
     */
    record Progress(int subtask, long read, Map<String, String> positions) implements Outcome {

        public Progress {
            positions = Map.copyOf(positions);
        }

        @Override
        public ContentHash key() {
            return new ContentHash(0, subtask);
        }
    }
}
