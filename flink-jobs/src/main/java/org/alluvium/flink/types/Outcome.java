package org.alluvium.flink.types;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.SkipReason;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.text.ContentHasher;

/**
 * What is known so far of the fate of one record. Parsing makes an {@link Unjudged} document, {@link Withdrawal}, {@link
 * Skipped} or {@link Refused} of it; the filters make a {@link Candidate} or {@link Rejected} of the document,
 * deduplication may turn a candidate into a {@link Duplicate}, and tokenization turns every other candidate into an {@link
 * Accepted} row. All of them take the same way to the sink, because only then can one log entry publish shards, rejects,
 * dead letters, changes and counts together.
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
     * A document that the filters have not seen yet.
     *
     * @param versioned whether another document with its id is another version of it
     * @param arrivedMillis when it was read, in milliseconds since the epoch
     * @param edits how often what was changed in it when it was read, by {@code step.edit}
     */
    record Unjudged(Document document, boolean versioned, long arrivedMillis, Map<String, Long> edits)
            implements Outcome {

        public Unjudged {
            edits = Map.copyOf(edits);
        }

        @Override
        public ContentHash key() {
            return identityOf(document.source(), document.id());
        }
    }

    /** A document that the filters have seen. */
    sealed interface Judged extends Outcome {

        /** Of the document's text, as the filters have left it. */
        ContentHash hash();

        Document document();

        /** Whether another document with its id is another version of it. */
        boolean versioned();

        @Override
        default ContentHash key() {
            return hash();
        }

        @Override
        default ContentHash identity() {
            return versioned() ? identityOf(document().source(), document().id()) : hash();
        }
    }

    /**
     * A document that may become a row.
     *
     * @param quality score of the quality classifier in [0, 1]; empty if none has looked
     * @param repeat how many times it is to be trained on, at least 1
     * @param arrivedMillis when it was read, in milliseconds since the epoch
     */
    record Candidate(
            ContentHash hash,
            Document document,
            OptionalDouble quality,
            int repeat,
            boolean versioned,
            long arrivedMillis)
            implements Judged {

        /** A document that no classifier has scored, to be trained on once. */
        public Candidate(ContentHash hash, Document document, boolean versioned, long arrivedMillis) {
            this(hash, document, OptionalDouble.empty(), 1, versioned, arrivedMillis);
        }

        /** The same, to be trained on that often. */
        public Candidate withRepeat(int times) {
            return new Candidate(hash, document, quality, times, versioned, arrivedMillis);
        }
    }

    /**
     * A document that is left out of the corpus for what it is.
     *
     * @param reject the document, and why; without its text and what was measured, if it is not to be stored
     * @param stored whether it is in the sample of rejects that is stored
     */
    record Rejected(Reject reject, boolean versioned, boolean stored) implements Judged {
        @Override
        public ContentHash hash() {
            return reject.hash();
        }

        @Override
        public Document document() {
            return reject.document();
        }
    }

    /** A document that is left out because of one seen before. */
    record Duplicate(ContentHash hash, Kind kind) implements Outcome {

        /** What the two have in common. Names are part of the log's funnel: never rename one. */
        public enum Kind {
            /** The text. */
            EXACT,
            /** Most of the text. */
            NEAR,
            /** The address. */
            URL;

            /** The kind as it is written in the log and in metrics: lower case. */
            public String code() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Override
        public ContentHash key() {
            return hash;
        }
    }

    /**
     * A document that becomes a row of a shard.
     *
     * @param tokens what its text came to
     */
    record Accepted(ShardRow row, TextTokens tokens) implements Outcome {
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

    /**
     * Not a record but a count: what was changed in documents, whatever became of them then.
     *
     * @param subtask of the operator that says so
     * @param edits how often what was changed, by {@code filter.edit}
     */
    record Edited(int subtask, Map<String, Long> edits) implements Outcome {

        public Edited {
            edits = Map.copyOf(edits);
        }

        @Override
        public ContentHash key() {
            return new ContentHash(1, subtask);
        }
    }

    /**
     * Not a record but a count: how often documents are trained on, and were to be.
     *
     * @param subtask of the operator that says so
     */
    record Mixed(int subtask, List<MixtureShare> shares) implements Outcome {

        public Mixed {
            shares = List.copyOf(shares);
        }

        @Override
        public ContentHash key() {
            return new ContentHash(2, subtask);
        }
    }
}
