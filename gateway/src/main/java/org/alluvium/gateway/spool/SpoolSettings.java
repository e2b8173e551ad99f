package org.alluvium.gateway.spool;

import java.time.Duration;

/**
 * How a spool behaves.
 *
 * @param publishAfter longest time from a record's arrival until ingest can find it
 * @param segmentBytes size at which a file is published sooner
 * @param maxBacklogBytes most bytes that may wait for ingest
 */
public record SpoolSettings(Duration publishAfter, long segmentBytes, long maxBacklogBytes) {}
