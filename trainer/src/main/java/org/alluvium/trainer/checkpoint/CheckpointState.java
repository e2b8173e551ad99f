package org.alluvium.trainer.checkpoint;

import java.time.Instant;
import org.alluvium.contracts.CodeVersion;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;

/**
 * Everything a run needs to go on, besides tensors: {@code state.json} of a checkpoint (version 1). Field names in the file
 * are those of the components here, nested records are objects, and times are ISO-8601 strings. There is no state of a
 * random generator, because there is no generator whose state outlives a step: every draw is seeded from the seed and the
 * index of what it is for. The schedule is a function of the step; its phase and rate are recorded for people.
 *
 * @param version of the format, currently {@link #VERSION}
 * @param kind how long the checkpoint is kept
 * @param progress how far training has come
 * @param cursor where the next step begins
 * @param plan seed and order of documents, which a resumed run must share
 * @param identity what else must fit together
 * @param schedulePhase {@code warmup}, {@code stable} or {@code decay}
 * @param learningRate of the last step
 * @param createdAt for people; nothing is decided by it
 */
public record CheckpointState(
        int version,
        CheckpointKind kind,
        Progress progress,
        Cursor cursor,
        BatchPlan plan,
        Identity identity,
        String schedulePhase,
        double learningRate,
        Instant createdAt) {

    public static final int VERSION = 1;

    public CheckpointState {
        if (version != VERSION) {
            throw new IllegalArgumentException("state of version " + version + "; this release reads " + VERSION);
        }
    }

    /**
     * How far training has come.
     *
     * @param step updates made
     * @param tokens input tokens trained on, without padding
     * @param textBytes text bytes scored
     * @param journalBytes length of the journal up to and with this step
     */
    public record Progress(long step, long tokens, long textBytes, long journalBytes) {

        /** Before the first step. */
        public static final Progress START = new Progress(0, 0, 0, 0);

        /** After one more step. */
        public Progress plus(long stepTokens, long stepTextBytes, long newJournalBytes) {
            return new Progress(step + 1, tokens + stepTokens, textBytes + stepTextBytes, newJournalBytes);
        }
    }

    /**
     * What a run belongs to.
     *
     * @param tokenizerDigest SHA-256 of the SentencePiece model
     * @param corpusLineage lineage of the corpus's first log entry, or empty before there was one
     * @param configDigest digest of the whole configuration; a change is reported, not refused
     * @param codeVersion version of Alluvium that wrote the checkpoint
     */
    public record Identity(String tokenizerDigest, String corpusLineage, String configDigest, String codeVersion) {

        /** Of a run of this release over the corpus of a log. */
        public static Identity of(Vocabulary vocabulary, ShardLog log, String configDigest) {
            String lineage = log.find(0).map(LogEntry::lineage).orElse("");
            return new Identity(vocabulary.digest(), lineage, configDigest, CodeVersion.current());
        }
    }
}
