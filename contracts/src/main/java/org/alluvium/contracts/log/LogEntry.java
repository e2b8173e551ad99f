package org.alluvium.contracts.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.shard.ShardFile;

/**
 * One entry of the shard log. Sequences start at 0 and have no gaps; an entry, once there, never changes.
 *
 * <p>All kinds are claimed by the same exclusive creation of the next sequence number. That is what makes the fence
 * complete: a writer of an old epoch that believed sequence N to be free loses the race for N against the fence, reads
 * the fence, and stops. A writer that loses it against a takedown, which is no writer's, reads that and takes the next one.
 */
public sealed interface LogEntry {

    /** Position in the total order. */
    long sequence();

    /** Epoch of the writer that created the entry; never decreases along the log. */
    long writerEpoch();

    /** Random identity of the ingest job's state: a job restored from a Flink checkpoint keeps it, a fresh one has a new one. */
    String lineage();

    /**
     * Wall-clock time of creation. It decides no order. Whoever passes over documents that were published too long before they were
     * committed goes by that of their commit, which never changes.
     */
    Instant createdAt();

    /** What it says of the entries before it. */
    History history();

    /**
     * A file of records that are no rows: dead letters, rejects or changes. Its owner's Javadoc says how they are written.
     *
     * @param path relative to the corpus folder
     * @param records in it
     * @param bytes size of the file
     * @param sha256 digest of the file, 64 lower-case hexadecimal digits
     */
    record RecordFile(String path, long records, long bytes, String sha256) {}

    /**
     * A new writer has taken over: entries of smaller epochs can no longer be appended.
     *
     * @param restoredCheckpointId Flink checkpoint the writer was restored from, or -1 for a fresh job
     * @param family what the rows of the commits up to the next fence are made with; empty if it was written when there were
     *     no families
     */
    record Fence(
            long sequence,
            long writerEpoch,
            String lineage,
            long restoredCheckpointId,
            Optional<Family> family,
            Instant createdAt,
            History history)
            implements LogEntry {

        /** A fence of a writer that knew no families. */
        public Fence(
                long sequence,
                long writerEpoch,
                String lineage,
                long restoredCheckpointId,
                Instant createdAt,
                History history) {
            this(sequence, writerEpoch, lineage, restoredCheckpointId, Optional.empty(), createdAt, history);
        }

        /** A fence of a writer that knew no families, which no takedown precedes. */
        public Fence(long sequence, long writerEpoch, String lineage, long restoredCheckpointId, Instant createdAt) {
            this(sequence, writerEpoch, lineage, restoredCheckpointId, createdAt, History.NONE);
        }
    }

    /**
     * From here on documents are out of the corpus, wherever they are in it and whenever they come again: no later commit
     * names a record of one, and no step that is taken from now on learns from one. Epoch and lineage are those of the entry
     * before, as whoever appends it is no writer.
     *
     * @param selectors which documents: those that any of them selects
     * @param reason for people
     */
    record Takedown(
            long sequence,
            long writerEpoch,
            String lineage,
            List<Selector> selectors,
            String reason,
            Instant createdAt,
            History history)
            implements LogEntry {

        public Takedown {
            selectors = List.copyOf(selectors);
            if (selectors.isEmpty()) {
                throw new IllegalArgumentException("a takedown of nothing");
            }
        }
    }

    /**
     * Files that earlier commits name, or earlier rewrites have put in their place, were replaced by files without what was
     * taken down. The old ones are not to be read any more, and are destroyed.
     *
     * @param through sequence of the takedown up to which, with it, all are carried out now
     * @param shards new files by the paths of those they replace; of as many rows, some of them holes
     * @param records new dead letters, rejects and changes by the paths of those they replace
     */
    record Rewrite(
            long sequence,
            long writerEpoch,
            String lineage,
            long through,
            Map<String, ShardFile> shards,
            Map<String, RecordFile> records,
            Instant createdAt,
            History history)
            implements LogEntry {

        public Rewrite {
            shards = Map.copyOf(shards);
            records = Map.copyOf(records);
        }
    }

    /**
     * The shards of one Flink checkpoint now exist.
     *
     * @param flinkCheckpointId checkpoint whose completion published them; unique within a lineage, with gaps
     * @param shards in the order in which the trainer reads them
     * @param deadLetters files of records that were refused, with their reasons: in Avro if the name ends in {@code .avro},
     *     as gzipped JSON lines if in {@code .jsonl.gz}, which is how they once were
     * @param rejects files of documents that filters dropped, a sample of them: in Avro
     * @param changes files, in the format of {@link org.alluvium.contracts.document.ChangeCodec} and gzipped, of versions of documents that are withdrawn; they concern rows of this entry's shards and of
     *     those before
     * @param mixture how often the documents of each source are trained on; empty if no mixture is configured
     * @param sourcePositions how far each source had been read, by {@code source} or {@code source:partition}, followed by
     *     {@code @subtask} where several read it; for people and tools, since Flink's state is what decides
     * @param funnel what became of the records read since the previous commit
     * @param freshness how old the documents in the shards are; absent if there are none
     * @param vocabulary how well the vocabulary fits the documents; absent if ingest was told not to say
     * @param endOfInput whether all sources are bounded and exhausted: nothing will follow from this lineage
     */
    record Commit(
            long sequence,
            long writerEpoch,
            String lineage,
            long flinkCheckpointId,
            List<ShardFile> shards,
            List<RecordFile> deadLetters,
            List<RecordFile> rejects,
            List<RecordFile> changes,
            List<MixtureShare> mixture,
            Map<String, SourcePosition> sourcePositions,
            Funnel funnel,
            Optional<Freshness> freshness,
            Optional<VocabularyFit> vocabulary,
            boolean endOfInput,
            Instant createdAt,
            History history)
            implements LogEntry {

        /** A commit that no takedown precedes. */
        public Commit(
                long sequence,
                long writerEpoch,
                String lineage,
                long flinkCheckpointId,
                List<ShardFile> shards,
                List<RecordFile> deadLetters,
                List<RecordFile> rejects,
                List<RecordFile> changes,
                List<MixtureShare> mixture,
                Map<String, SourcePosition> sourcePositions,
                Funnel funnel,
                Optional<Freshness> freshness,
                Optional<VocabularyFit> vocabulary,
                boolean endOfInput,
                Instant createdAt) {
            this(
                    sequence,
                    writerEpoch,
                    lineage,
                    flinkCheckpointId,
                    shards,
                    deadLetters,
                    rejects,
                    changes,
                    mixture,
                    sourcePositions,
                    funnel,
                    freshness,
                    vocabulary,
                    endOfInput,
                    createdAt,
                    History.NONE);
        }

        public Commit {
            shards = List.copyOf(shards);
            deadLetters = List.copyOf(deadLetters);
            rejects = List.copyOf(rejects);
            changes = List.copyOf(changes);
            mixture = List.copyOf(mixture);
            sourcePositions = Map.copyOf(sourcePositions);
        }
    }
}
