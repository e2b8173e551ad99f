package org.alluvium.cli.flink;

import java.util.List;
import java.util.Set;

/**
 * A job as its cluster sees it.
 *
 * @param state as Flink calls it: RUNNING, RESTARTING, FAILED, …
 * @param sinceMillis when it came into that state, in milliseconds since 1970
 * @param maxParallelism the largest parallelism that its tasks can be given
 */
public record FlinkJob(JobId id, String name, String state, long sinceMillis, int maxParallelism, List<Task> tasks) {

    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");

    public FlinkJob {
        tasks = List.copyOf(tasks);
    }

    /**
     * Operators that run as one.
     *
     * @param running how many of its subtasks run
     */
    public record Task(String id, String name, int parallelism, int running) {}

    /** Whether nothing more will happen to it. */
    public boolean hasEnded() {
        return ENDED.contains(state);
    }

    /** Whether every subtask of every task runs. */
    public boolean runs() {
        return state.equals("RUNNING") && tasks.stream().allMatch(task -> task.running() == task.parallelism());
    }

    /** The parallelism of its widest task. */
    public int parallelism() {
        return tasks.stream().mapToInt(Task::parallelism).max().orElse(0);
    }
}
