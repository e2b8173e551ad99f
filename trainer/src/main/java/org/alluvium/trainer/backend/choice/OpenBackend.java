package org.alluvium.trainer.backend.choice;

import java.util.List;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;

/**
 * A backend that was chosen.
 *
 * @param backend now the caller's to close
 * @param passedOver why {@code auto} took none of those that come before it: a clause for each, with its name
 */
public record OpenBackend(Backend backend, List<String> passedOver) {

    public OpenBackend {
        passedOver = List.copyOf(passedOver);
    }

    /** What computes, and why nothing else does. */
    public BackendInfo info() {
        return backend.info().passingOver(passedOver);
    }
}
