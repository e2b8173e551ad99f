package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendProvider;

/** The reference backend in single precision; {@code auto} takes it last. */
public final class ReferenceProvider implements BackendProvider {

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Backend open(int threads) {
        return new ReferenceBackend(Precision.SINGLE);
    }
}
