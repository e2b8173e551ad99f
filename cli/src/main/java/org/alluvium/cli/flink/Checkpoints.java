package org.alluvium.cli.flink;

import java.util.Optional;

/**
 * What a job's checkpoints have come to since it was started; savepoints count as well.
 *
 * @param newest where the newest complete one lies
 */
public record Checkpoints(long completed, long failed, Optional<String> newest) {

    static final Checkpoints NONE = new Checkpoints(0, 0, Optional.empty());
}
