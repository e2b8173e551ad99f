package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The {@code cluster} section. */
public record ClusterConfig(
        @Key(
                doc =
                        "Address of the JobManager's REST interface. 'alluvium cluster start' serves it there, on this machine.",
                byDefault = "http://localhost:8081")
        String jobManager,

        @Key(doc = "How this program shows the JobManager who it is, and knows it.", byDefault = "")
        Optional<AccessConfig> access,

        @Key(
                doc = "Folder of a cluster on this machine: settings, logs and process ids of 'alluvium cluster'.",
                byDefault = "cluster")
        Path dir,

        @Key(doc = "TaskManagers that 'alluvium cluster start' starts.", byDefault = "1", min = 1, max = 1000)
        int taskManagers,

        @Key(doc = "Slots of each of them; a job of parallelism p takes p slots.", byDefault = "2", min = 1, max = 1024)
        int slots,

        @Key(doc = "Memory of the JobManager's process, in bytes.", byDefault = "800Mi", min = 629145600)
        long jobManagerMemory,

        @Key(
                doc = "Memory of a TaskManager's process, in bytes; what its state keeps in memory is part of it.",
                byDefault = "1728Mi",
                min = 805306368)
        long taskManagerMemory,

        @Key(
                doc = "Further settings of Flink for a cluster on this machine, such as heartbeat.timeout: 20s.",
                byDefault = "{}")
        Map<String, String> flink,

        @Key(
                doc =
                        "An upgraded job counts as healthy after so many checkpoints in a row without a failure; after three"
                                + " failures the old version takes over again.",
                byDefault = "3",
                min = 1,
                max = 100)
        int healthyCheckpoints,

        @Key(
                doc = "Longest time that the cluster or a job may take to start, to stop with a savepoint, or to become"
                        + " healthy.",
                byDefault = "10m",
                min = 1)
        Duration patience) {

    public ClusterConfig {
        flink = Map.copyOf(flink);
    }
}
