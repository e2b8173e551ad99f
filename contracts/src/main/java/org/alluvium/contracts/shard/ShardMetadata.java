package org.alluvium.contracts.shard;

/**
 * What a shard's key-value metadata records of how it was made.
 *
 * @param schemaVersion version of the row schema, at most {@link #SCHEMA_VERSION}
 * @param tokenizerDigest SHA-256 of the SentencePiece model file, 64 lower-case hexadecimal digits
 * @param filterDigest SHA-256 of the canonical form of everything that decides which documents pass and how their text
 *     is changed
 * @param codeVersion version of Alluvium that wrote it
 * @param addBos whether every row begins with the vocabulary's BOS id
 * @param addEos whether every row ends with the vocabulary's EOS id
 */
public record ShardMetadata(
        int schemaVersion,
        String tokenizerDigest,
        String filterDigest,
        String codeVersion,
        boolean addBos,
        boolean addEos) {

    public static final int SCHEMA_VERSION = 3;

    /** The same of a shard whose rows are written again, in today's schema. */
    public ShardMetadata current() {
        return new ShardMetadata(SCHEMA_VERSION, tokenizerDigest, filterDigest, codeVersion, addBos, addEos);
    }
}
