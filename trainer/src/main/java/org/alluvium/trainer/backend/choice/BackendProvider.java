package org.alluvium.trainer.backend.choice;

import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;

/** Opens a backend; registered as a {@link java.util.ServiceLoader} service by the module that brings one. */
public interface BackendProvider {

    /** Short name, as in {@code train.backend}. */
    String name();

    /** Of the providers that are fast here, {@code auto} takes the one with the highest rank. */
    int rank();

    /**
     * Whether the backend works in this process, as far as can be told without opening it.
     *
     * @throws org.alluvium.contracts.error.ConfigException if the options name a device that is not there
     */
    Availability availability(BackendOptions options);

    /**
     * Opens the backend.
     *
     * @throws UnavailableException if this process or machine lacks what it needs
     * @throws org.alluvium.contracts.error.ConfigException if the options name a device that is not there
     */
    Backend open(BackendOptions options);
}
