package org.alluvium.cli.flink;

import java.util.List;
import java.util.Optional;

/**
 * What a job is started with.
 *
 * @param jar as the cluster has called it when it was uploaded
 * @param arguments of its main method, which whoever may look at the cluster sees
 * @param savepoint savepoint or checkpoint to go on from, which stays whose it is
 * @param dropUnknownState whether state of operators that the job does not have is left behind rather than an error
 */
public record RunRequest(
        String jar, String mainClass, List<String> arguments, Optional<String> savepoint, boolean dropUnknownState) {

    public RunRequest {
        arguments = List.copyOf(arguments);
    }
}
