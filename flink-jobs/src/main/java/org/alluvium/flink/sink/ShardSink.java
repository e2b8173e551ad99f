package org.alluvium.flink.sink;

import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.WrittenSerializer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Puts a stream of decided outcomes into a corpus, exactly once: shard writers with the parallelism of the stream, then one
 * committer.
 *
 * <pre>
 *  outcomes ─► writer 0 ─┐  what was closed before the barrier
 *  outcomes ─► writer 1 ─┼────────────────────────────────────► committer ─► log/&lt;sequence&gt;.json
 *                  │     ┘                                       (parallelism 1, keeps it in state until
 *                  ▼                                              the checkpoint is complete)
 *            shards/*.parquet, dead-letters/*.avro, rejects/*.avro, changes/*.jsonl.gz
 * </pre>
 *
 * <p>These are two plain operators rather than Flink's {@code Sink} interfaces. A committer there has the parallelism of
 * its sink and no state of its own; ours must be one, and must restore its lineage and take the log over before anything
 * is published. Its pre- and post-commit topologies are experimental, and treat the end of input as a checkpoint of its
 * own kind; an operator is told of the last checkpoint like of any other.
 */
public final class ShardSink {

    /** Identities of the operators in savepoints; never to be changed. */
    private static final String WRITER_UID = "shard-writer";

    private static final String COMMITTER_UID = "shard-committer";

    /** Name of the one operator that must run once, whatever the parallelism of the others. */
    public static final String COMMITTER = "Commit to the log";

    private ShardSink() {}

    /** Ends the stream in the corpus that the settings name. Candidates must have been decided before. */
    public static void append(DataStream<Outcome> outcomes, SinkSettings settings) {
        append(outcomes, settings, CommitProbe.NONE);
    }

    /** As above, with a probe that lets tests fail the job inside the commit window. */
    public static void append(DataStream<Outcome> outcomes, SinkSettings settings, CommitProbe probe) {
        // Never in one chain with the writers, which may be rescaled while the job runs. It keeps the job's largest
        // parallelism, though it uses one, since savepoints of jobs in which it was chained have recorded that number.
        outcomes.transform("Write shards", WrittenSerializer.TYPE, new ShardWritingOperator(settings, probe))
                .uid(WRITER_UID)
                .global()
                .transform(COMMITTER, Types.VOID, new CommittingOperator(settings, probe))
                .uid(COMMITTER_UID)
                .setParallelism(1);
    }
}
