/**
 * The ingest job: its graph, its Flink settings, and the two ways to run it, embedded in one process or submitted to a
 * cluster. {@link org.alluvium.flink.job.IngestJob} is where to start reading.
 */
package org.alluvium.flink.job;
