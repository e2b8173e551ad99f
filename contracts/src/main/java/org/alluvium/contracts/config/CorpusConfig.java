package org.alluvium.contracts.config;

import java.nio.file.Path;

/** The {@code corpus} section. */
public record CorpusConfig(
        @Key(
                doc = "Folder of the corpus: log, shards, dead letters and the ingest job's own state.",
                byDefault = "corpus")
        Path dir) {}
