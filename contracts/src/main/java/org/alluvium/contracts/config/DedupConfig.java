package org.alluvium.contracts.config;

/** The {@code dedup} section: what is left out beside equal texts, for which {@code ingest.dedupTtl} counts. */
public record DedupConfig(
        @Key(doc = "Documents whose text is nearly one that has been seen.", byDefault = "{}")
        NearDedupConfig near,

        @Key(doc = "Documents whose address has been seen.", byDefault = "{}")
        UrlDedupConfig url,

        @Key(doc = "Lines that many documents of a host have in common.", byDefault = "{}")
        LineDedupConfig lines) {}
