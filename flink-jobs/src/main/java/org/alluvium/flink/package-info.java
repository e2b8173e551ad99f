/**
 * Ingest on Apache Flink: thin operators around the functions of {@code org.alluvium.ingest}. The packages below follow a
 * record from its file to the shard log.
 */
package org.alluvium.flink;
