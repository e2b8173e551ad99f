package org.alluvium.contracts.config;

import java.time.Duration;
import java.util.Optional;

/** The {@code ingest} section. */
public record IngestConfig(
        @Key(
                doc = "Parallel subtasks of every operator. With 1, the order of documents is the order of the input.",
                byDefault = "1",
                min = 1,
                max = 1024)
        int parallelism,

        @Key(
                doc = "Largest parallelism the job can ever be rescaled to; fixed for the life of its state.",
                byDefault = "128",
                min = 1,
                max = 32768)
        int maxParallelism,

        @Key(
                doc =
                        "Time between Flink checkpoints: what has been read becomes a shard, and visible to the trainer, this often.",
                byDefault = "2s",
                min = 0.01)
        Duration checkpointInterval,

        @Key(doc = "Time between two looks for new files.", byDefault = "500ms", min = 0.01)
        Duration discoveryInterval,

        @Key(
                doc =
                        "A file is read once its size and time of change have been still for this long; 0s where files are renamed into place.",
                byDefault = "0s")
        Duration settle,

        @Key(
                doc = "Longest line that is read, in bytes; a longer one is a dead letter.",
                byDefault = "16Mi",
                min = 1024,
                max = 1073741824)
        long maxLineBytes,

        @Key(
                doc = "A shard is closed at this size in bytes even between checkpoints.",
                byDefault = "128Mi",
                min = 65536)
        long shardTargetBytes,

        @Key(
                doc = "How long the hash of a document's text is remembered for exact deduplication; 0s is for ever.",
                byDefault = "365d")
        Duration dedupTtl,

        @Key(doc = "Age at which a file of the corpus that no log entry names is deleted.", byDefault = "1h")
        Duration orphanGrace,

        @Key(
                doc = "How many documents that filters drop are kept of each reason, to be looked at; 0 keeps none.",
                byDefault = "100",
                min = 0,
                max = 100000)
        int rejectSample,

        @Key(
                doc =
                        "What holds the job's state: 'rocksdb', or Flink's newer 'forst', which is made to keep it in remote storage. Fixed for the life of the state.",
                byDefault = "rocksdb")
        StateBackend stateBackend,

        @Key(
                doc =
                        "Where Flink's checkpoints lie: a folder, or s3://bucket/prefix; without one, flink/ below corpus.dir.",
                byDefault = "")
        Optional<Location> stateDir,

        @Key(doc = "Completed Flink checkpoints that are kept.", byDefault = "3", min = 1, max = 100)
        int retainedCheckpoints,

        @Key(doc = "What ingest tells Prometheus.", byDefault = "{}")
        MetricsConfig metrics) {

    /** What holds the job's state. */
    public enum StateBackend {
        ROCKSDB,
        FORST
    }
}
