package org.alluvium.trainer.save;

import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.config.CheckpointConfig;
import org.alluvium.trainer.checkpoint.CheckpointKind;

/**
 * When a checkpoint is due. Temporary ones are due by time, which is why two runs do not write the same ones, and why nothing
 * about training may depend on them. They become rarer where the copy of a large model would cost more than a hundredth of
 * the time.
 */
public record CheckpointPolicy(Duration every, long permanentEverySteps) {

    /** So many times as long as it made training wait, a temporary checkpoint is apart from the next at least. */
    private static final int STALLS_APART = 100;

    public static CheckpointPolicy of(CheckpointConfig config) {
        return new CheckpointPolicy(config.every(), config.permanentEverySteps());
    }

    /**
     * Which kind of checkpoint is due after a step, if any.
     *
     * @param lastStall how long training waited for the last one
     * @param permanentOwed whether a permanent one was due earlier and could not be written
     */
    public Optional<CheckpointKind> due(long step, Duration sinceLast, Duration lastStall, boolean permanentOwed) {
        if (permanentOwed || (permanentEverySteps > 0 && step % permanentEverySteps == 0)) {
            return Optional.of(CheckpointKind.PERMANENT);
        }
        boolean affordable = sinceLast.compareTo(lastStall.multipliedBy(STALLS_APART)) >= 0;
        return affordable && sinceLast.compareTo(every) >= 0 ? Optional.of(CheckpointKind.TEMPORARY) : Optional.empty();
    }
}
