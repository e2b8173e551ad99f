/**
 * Keeps records in a Kafka topic that a source reads. What was acknowledged has been written by all in-sync replicas, and how
 * far ingest is behind is the lag of its consumer group.
 */
package org.alluvium.gateway.kafka;
