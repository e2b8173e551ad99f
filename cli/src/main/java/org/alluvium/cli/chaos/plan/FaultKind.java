package org.alluvium.cli.chaos.plan;

import java.util.List;

/** A kind of fault, and what it may strike. */
public enum FaultKind {
    /** A process ends as if the power had failed. */
    KILL("kill -9"),
    /** A process stands still, and then goes on as if nothing had been. */
    STOP("stopped"),
    /** No file may grow: the job's, or the trainer's, whose journal is torn in a line. */
    DISK_FULL("disk full"),
    /** The wall clock of all processes is another one; a target is killed meanwhile, and starts with the wrong clock. */
    CLOCK_JUMP("clock jump"),
    /** A byte of the trainer's newest checkpoint is another one when it starts after a kill. */
    CHECKPOINT_DAMAGED("checkpoint damaged"),
    /** A shard that the trainer has not read yet loses its end; it is put back once the trainer has complained. */
    SHARD_TRUNCATED("shard truncated"),
    /** Somebody starts the trainer, or ingest, once more. */
    DUPLICATE("started twice"),
    /** Connections to a server end, and new ones are refused. */
    NETWORK("network refused"),
    /** Documents are taken down; that process is killed on its way, another one right after, and the run goes back. */
    TAKEDOWN("takedown");

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    /** What it is called in reports. */
    public String words() {
        return words;
    }

    /** What it may strike. */
    public List<Target> targets() {
        return switch (this) {
            case KILL ->
                List.of(
                        Target.BROKER,
                        Target.JOB_MANAGER,
                        Target.TASK_MANAGER_1,
                        Target.TASK_MANAGER_2,
                        Target.TRAINER,
                        Target.DASHBOARD);
            case STOP ->
                List.of(
                        Target.BROKER,
                        Target.JOB_MANAGER,
                        Target.TASK_MANAGER_1,
                        Target.TASK_MANAGER_2,
                        Target.TRAINER);
            case DISK_FULL, DUPLICATE -> List.of(Target.INGEST, Target.TRAINER);
            case CLOCK_JUMP -> List.of(Target.ALL, Target.TASK_MANAGER_1, Target.TRAINER);
            case CHECKPOINT_DAMAGED, SHARD_TRUNCATED -> List.of(Target.TRAINER);
            case NETWORK -> List.of(Target.BROKER, Target.JOB_MANAGER);
            case TAKEDOWN -> List.of(Target.TRAINER, Target.TASK_MANAGER_1, Target.JOB_MANAGER);
        };
    }
}
