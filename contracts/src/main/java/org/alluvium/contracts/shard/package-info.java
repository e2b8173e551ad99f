/** The rows, the metadata and the digest of an immutable Parquet shard. The reader and the writer live in the tokenizer module. */
package org.alluvium.contracts.shard;
