package org.alluvium.flink.types;

import java.util.Map;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.SkipReason;
import org.alluvium.ingest.text.ContentHasher;

/**
 * What is known so far of the fate of one record. Parsing makes a {@link Candidate}, {@link Withdrawal}, {@link Skipped} or
 * {@link Refused} of it; deduplication may turn a candidate into a {@link Duplicate}, and tokenization turns every other
 * candidate into an {@link Accepted} row. All of them take the same way to the sink, because only then can one log entry
 * publish shards, dead letters, changes and counts together.
 */
public sealed interface Outcome {

    /** What the stream is partitioned by before deduplication: equal texts meet at the same subtask. */
    ContentHash key();

    /** What it is partitioned by before that: all that concerns one document meets at the same subtask, in its order. */
    default ContentHash identity() {
        return key();
    }

    /** Names a document, whose id is unique within its source. */
    static ContentHash identityOf(String source, String id) {
        return ContentHasher.v1(source + '\0' + id);
    }

    /**
     * A document of which nothing is decided yet.
     *
     * @param hash of the document's text
     * @param versioned whether another document with its id is another version of it
     * @param arrivedMillis when it was read, in milliseconds since the epoch
     */
    record Candidate(ContentHash hash, Document document, boolean versioned, long arrivedMillis) implements Outcome {
        @Override
        public ContentHash key() {
            return hash;
        }

        @Override
        public ContentHash identity() {
            return versioned ? identityOf(document.source(), document.id()) : hash;
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

    /** A record that holds no document, and rightly so. */
    record Skipped(SkipReason reason) implements Outcome {
        @Override
        public ContentHash key() {
            return ContentHasher.v1(reason.code());
        }
    }

    /**
     * A version of a document is withdrawn. Where the change is a deletion it is a record that says so; where the version
     * is superseded it goes ahead of the {@link Candidate} that does it, and is not a record of its own.
     */
    record Withdrawal(DocumentChange change) implements Outcome {
        @Override
        public ContentHash key() {
            return identityOf(change.source(), change.id());
        }
    }

    /**
     * Not a record: tells the deduplication that a text is to be accepted when it comes again, since the version that
     * brought it is withdrawn.
     *
     * @param hash of the text
     * @param holder identity of the document whose version it was
     */
    record Forget(ContentHash hash, ContentHash holder) implements Outcome {
        @Override
        public ContentHash key() {
            return hash;
        }
    }

    /**
     * Not a record but the count of them: sent by each reader's task before every checkpoint barrier, so that the sink can
     * compare what was read with what arrived.
     *
     * @param subtask the reader's
     * @param read records it has read since it last said so
     * @param positions how far it has got, by the names of {@link
     *     org.alluvium.contracts.log.LogEntry.Commit#sourcePositions}
     */
    record Progress(int subtask, long read, Map<String, SourcePosition> positions) implements Outcome {

        public Progress {
            positions = Map.copyOf(positions);
        }

        @Override
        public ContentHash key() {
            return new ContentHash(0, subtask);
        }
    }
}
