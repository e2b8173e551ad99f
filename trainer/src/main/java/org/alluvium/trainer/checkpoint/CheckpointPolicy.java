package org.alluvium.trainer.checkpoint;

import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.config.CheckpointConfig;

/**
 * When a checkpoint is due. Temporary ones are due by time, which is why two runs do not write the same ones, and why nothing
 * about training may depend on them.
 */
public record CheckpointPolicy(Duration every, long permanentEverySteps) {

    public static CheckpointPolicy of(CheckpointConfig config) {
        return new CheckpointPolicy(config.every(), config.permanentEverySteps());
    }

    /**
     * Which kind of checkpoint is due after a step, if any.
     *
     * @param permanentOwed whether a permanent one was due earlier and could not be written
     */
    public Optional<CheckpointKind> due(long step, Duration sinceLast, boolean permanentOwed) {
        if (permanentOwed || (permanentEverySteps > 0 && step % permanentEverySteps == 0)) {
            return Optional.of(CheckpointKind.PERMANENT);
        }
        return sinceLast.compareTo(every) >= 0 ? Optional.of(CheckpointKind.TEMPORARY) : Optional.empty();
    }
}
