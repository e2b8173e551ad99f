package org.alluvium.contracts.config;

import java.time.Duration;

/** The {@code dedup.lines} group: boilerplate by host. */
public record LineDedupConfig(
        @Key(doc = "Whether lines are cut out that many documents of the same host have.", byDefault = "false")
        boolean enabled,

        @Key(
                doc = "How many documents of a host must have had a line before it is cut out of the next one.",
                byDefault = "3",
                min = 1,
                max = 20)
        int documents,

        @Key(
                doc = "Which share of the host's newest documents must have had it, too.",
                byDefault = "0.1",
                min = 0,
                max = 1)
        double share,

        @Key(doc = "How long a host is remembered after its last document; 0s is for ever.", byDefault = "30d")
        Duration ttl) {}
