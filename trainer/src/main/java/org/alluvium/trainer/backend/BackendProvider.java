package org.alluvium.trainer.backend;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;

/** Opens a backend; registered as a {@link java.util.ServiceLoader} service by the module that brings one. */
public interface BackendProvider {

    /** Short name, as in {@code train.backend}. */
    String name();

    /** Of the providers that are there, {@code auto} takes the one with the highest rank. */
    int rank();

    /**
     * Opens the backend.
     *
     * @param threads threads that may compute; 0 takes every core
     * @param precision of what matrix products read
     * @throws UnavailableException if this machine lacks what it needs
     */
    Backend open(int threads, TrainConfig.Precision precision);
}
