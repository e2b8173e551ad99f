package org.alluvium.dashboard.lineage;

import java.time.Instant;

/**
 * A record of a corpus that is no row, and where it was found.
 *
 * @param entry of the log
 * @param committedAt when that was created
 * @param record what it is
 */
public record Stored<T>(long entry, Instant committedAt, T record) {}
