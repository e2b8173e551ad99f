package org.alluvium.contracts.config;

import org.alluvium.contracts.config.CrossChecks.Report;

/** Whether the JobManager can be reached as the configuration says. */
final class ClusterChecks {

    private ClusterChecks() {}

    static void run(ClusterConfig cluster, Report report) {
        AccessChecks.address(
                cluster.jobManager(),
                "cluster.jobManager",
                "cluster.access with user and passwordFile",
                "http://localhost:8081",
                report);
        cluster.access().ifPresent(access -> AccessChecks.http(access, "cluster.access", report));
    }
}
