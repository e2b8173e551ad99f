package org.alluvium.flink.sink;

import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ObjectStoreException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Where our errors meet Flink's restarts: an error that a person must act on fails the job at once, since the same attempt
 * would only fail again. Everything else is left to the restart strategy, an object store that cannot be reached among it.
 */
public final class NonRecoverable {

    private NonRecoverable() {}

    /** Something to do. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Runs the action, and marks an {@link AlluviumException} out of it as one that no restart can cure. */
    public static void run(Action action) throws Exception {
        try {
            action.run();
        } catch (AlluviumException forPeople) {
            if (ObjectStoreException.mayPass(forPeople)) {
                throw forPeople;
            }
            throw new SuppressRestartsException(forPeople);
        }
    }
}
