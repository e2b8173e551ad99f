package org.alluvium.trainer.backend.choice;

import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;

/**
 * How a backend is to be opened.
 *
 * @param threads that may compute on the CPU; 0 takes every core
 * @param precision of what matrix products read
 * @param device the number of an accelerator, or a part of its name; for backends that have such
 */
public record BackendOptions(int threads, TrainConfig.Precision precision, Optional<String> device) {

    /** On no particular device. */
    public BackendOptions(int threads, TrainConfig.Precision precision) {
        this(threads, precision, Optional.empty());
    }

    /** What a configuration asks for. */
    public static BackendOptions of(TrainConfig train) {
        return new BackendOptions(train.threads(), train.precision(), train.device());
    }
}
