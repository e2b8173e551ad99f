package org.alluvium.contracts.config;

import java.util.List;

/**
 * The whole configuration: one YAML file, read by every process. Relative paths in it are relative to the file's folder,
 * and are absolute by the time they are here.
 */
public record AlluviumConfig(
        @Key(doc = "Where the corpus lives.", byDefault = "{}")
        CorpusConfig corpus,

        @Key(doc = "Where documents come from; at least one for ingest.", byDefault = "[]")
        List<SourceConfig> sources,

        @Key(doc = "How documents are read, deduplicated and written.", byDefault = "{}")
        IngestConfig ingest,

        @Key(doc = "Which documents are kept, and how their texts are changed.", byDefault = "{}")
        FiltersConfig filters,

        @Key(doc = "Which documents are left out because of others.", byDefault = "{}")
        DedupConfig dedup,

        @Key(doc = "How much of each source is trained on.", byDefault = "{}")
        MixtureConfig mixture,

        @Key(doc = "How sources whose path is s3://bucket/prefix are reached.", byDefault = "{}")
        S3Config s3,

        @Key(doc = "Where documents are pushed to over HTTP ('alluvium gateway').", byDefault = "{}")
        GatewayConfig gateway,

        @Key(doc = "The vocabulary.", byDefault = "{}") TokenizerConfig tokenizer,

        @Key(doc = "The shape of the transformer.", byDefault = "{}")
        ModelConfig model,

        @Key(doc = "The training run.", byDefault = "{}") TrainConfig train,

        @Key(doc = "What is shown in the browser, and what is worth an alert.", byDefault = "{}")
        DashboardConfig dashboard,

        @Key(doc = "The Flink cluster that ingest is submitted to.", byDefault = "{}")
        ClusterConfig cluster) {

    public AlluviumConfig {
        sources = List.copyOf(sources);
    }
}
