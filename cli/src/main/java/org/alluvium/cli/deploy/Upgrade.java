package org.alluvium.cli.deploy;

import java.util.Optional;
import org.alluvium.cli.flink.JobId;

/**
 * What came of an upgrade.
 *
 * @param job the job that runs now
 * @param savepoint where the old version stopped
 * @param broken why the new version did not stay; empty if it did
 */
public record Upgrade(JobId job, String savepoint, Optional<String> broken) {}
