package org.alluvium.cli.chaos.plan;

/** What a fault strikes. */
public enum Target {
    /** The Kafka broker. */
    BROKER("broker"),
    /** Flink's JobManager. */
    JOB_MANAGER("jobmanager"),
    /** One of Flink's TaskManagers. */
    TASK_MANAGER_1("taskmanager-1"),
    /** The other one. */
    TASK_MANAGER_2("taskmanager-2"),
    /** The ingest job, wherever its tasks run. */
    INGEST("ingest"),
    /** The trainer. */
    TRAINER("trainer"),
    /** The dashboard. */
    DASHBOARD("dashboard"),
    /** All processes. */
    ALL("all");

    private final String word;

    Target(String word) {
        this.word = word;
    }

    /** What it is called in reports; of a process of the cluster also what the cluster calls it. */
    public String word() {
        return word;
    }
}
