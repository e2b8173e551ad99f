package org.alluvium.contracts.config;

import java.time.Duration;

/** The {@code dedup.url} group. */
public record UrlDedupConfig(
        @Key(
                doc =
                        "Whether of all documents with one address only the first is taken, and newer versions of it. Addresses are"
                                + " compared without scheme, 'www.', fragment and what campaigns add.",
                byDefault = "false")
        boolean enabled,

        @Key(
                doc = "How long an address is remembered after a document came with it; 0s is for ever.",
                byDefault = "365d")
        Duration ttl) {}
