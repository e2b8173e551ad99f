/**
 * The exactly-once way into the corpus: writers put files straight to their final paths, and one committer makes them exist
 * by one log entry per Flink checkpoint. {@link org.alluvium.flink.sink.ShardSink} is the way in; the protocol is described
 * in {@link org.alluvium.flink.sink.LogCommitter}.
 */
package org.alluvium.flink.sink;
