package org.alluvium.contracts.config;

import java.time.Duration;

/** The {@code dedup.near} group: MinHash signatures and locality-sensitive hashing. */
public record NearDedupConfig(
        @Key(doc = "Whether near-duplicates are looked for.", byDefault = "false")
        boolean enabled,

        @Key(
                doc =
                        "What of two texts is compared: 'body', without the menus and notices around it, or 'whole', as FineWeb"
                                + " was made.",
                byDefault = "body")
        Compare compare,

        @Key(
                doc = "Words in each of the overlapping runs whose sets are compared.",
                byDefault = "5",
                min = 1,
                max = 100)
        int words,

        @Key(
                doc =
                        "Bands of a signature; documents with an equal band are near-duplicates. More find more: of those with"
                                + " Jaccard similarity 0.8, 14 bands of 8 find 92 %, 20 find 97 %.",
                byDefault = "14",
                min = 1,
                max = 1000)
        int bands,

        @Key(
                doc =
                        "Values in a band; more make it stricter: half of the documents meet at about (0.7 / bands)^(1 / rows).",
                byDefault = "8",
                min = 1,
                max = 100)
        int rows,

        @Key(
                doc = "Seed of the hash functions; another one forgets what has been seen.",
                byDefault = "1",
                min = 0,
                max = 2147483647)
        int seed,

        @Key(doc = "How long a document is remembered after it came; 0s is for ever.", byDefault = "365d")
        Duration ttl) {

    /** What is compared. */
    public enum Compare {
        WHOLE,
        BODY
    }
}
