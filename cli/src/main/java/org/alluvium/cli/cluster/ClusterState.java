package org.alluvium.cli.cluster;

import java.util.List;

/** Which processes of a cluster on this machine run. */
public record ClusterState(Member jobManager, List<Member> taskManagers) {

    public ClusterState {
        taskManagers = List.copyOf(taskManagers);
    }

    /**
     * One process.
     *
     * @param pid its process id, 0 where it does not run
     * @param log where it logs
     */
    public record Member(String name, long pid, String log) {

        public boolean runs() {
            return pid != 0;
        }
    }

    /** Whether any of them runs. */
    public boolean anyRuns() {
        return jobManager.runs() || taskManagers.stream().anyMatch(Member::runs);
    }
}
