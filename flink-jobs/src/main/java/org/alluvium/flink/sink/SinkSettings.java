package org.alluvium.flink.sink;

import java.io.Serializable;
import java.time.Duration;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.shard.ShardMetadata;

/**
 * What the sink needs to know, in a form that travels with the job to the machines that run it.
 *
 * @param corpus where the corpus is
 * @param family that rows go into
 * @param filterDigest of {@link ShardMetadata#filterDigest()}
 * @param codeVersion of {@link ShardMetadata#codeVersion()}
 * @param shardTargetBytes size at which a shard is closed even between checkpoints
 * @param orphanGrace age at which a file that no log entry names is deleted
 * @param drift whether and by which bands the log tells how well the vocabulary fits
 * @param continueForeignLog whether a fresh job may go on with a corpus that another lineage began
 */
public record SinkSettings(
        CorpusPlace corpus,
        Family family,
        String filterDigest,
        String codeVersion,
        long shardTargetBytes,
        Duration orphanGrace,
        DriftConfig drift,
        boolean continueForeignLog)
        implements Serializable {

    ShardMetadata metadata() {
        return new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION,
                family.tokenizer(),
                filterDigest,
                codeVersion,
                family.addBos(),
                family.addEos());
    }
}
