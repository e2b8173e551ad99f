package org.alluvium.trainer.data;

/**
 * A shard as a cursor remembers it, so that a corpus that changed under a run is noticed.
 *
 * @param sequence of the log entry that names it
 * @param shard index within the entry
 * @param path relative to the corpus folder
 * @param sha256 digest of the file
 */
public record ShardRef(long sequence, int shard, String path, String sha256) {}
