/**
 * A Flink cluster on this machine: a JobManager and TaskManagers as processes that outlive whoever starts them. {@link
 * org.alluvium.cli.cluster.LocalCluster} is where to start reading.
 */
package org.alluvium.cli.cluster;
