/**
 * Shards: immutable Parquet files of tokenized documents, their writer, reader and verifier. The format is specified in
 * {@link org.alluvium.tokenizer.shard.ShardSchema}.
 */
package org.alluvium.tokenizer.shard;
