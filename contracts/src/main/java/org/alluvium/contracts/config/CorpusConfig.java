package org.alluvium.contracts.config;

import java.nio.file.Path;

/** The {@code corpus} section. */
public record CorpusConfig(
        @Key(
                doc =
                        "Where the corpus lies, log, shards and dead letters: a folder, or s3://bucket/prefix of a service that"
                                + " honours conditional puts. Of a folder the ingest job's own state and events lie there too.",
                byDefault = "corpus")
        Location dir,

        @Key(
                doc =
                        "Name of the shard family that ingest goes on with. Rows of one family are made with one vocabulary and"
                                + " one set of rules, which are refused if they change; with another name here a new family begins"
                                + " in the same corpus. Letters, digits, '-' and '_'.",
                byDefault = "main")
        String family,

        @Key(
                doc =
                        "Folder of this machine for a corpus on s3://: copies of what was read of it, and the lock, events and"
                                + " scratch files of an ingest process that runs here.",
                byDefault = "corpus-cache")
        Path cacheDir,

        @Key(
                doc =
                        "Size in bytes that the copies may take in all; those that have not been read for the longest go first.",
                byDefault = "20Gi",
                min = 67108864)
        long cacheBytes) {}
