package org.alluvium.trainer.backend.reference;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendProvider;
import org.alluvium.trainer.backend.ElementType;

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
    public Backend open(int threads, TrainConfig.Precision precision) {
        boolean rounded = precision == TrainConfig.Precision.BF16;
        return new ReferenceBackend(Precision.SINGLE, rounded ? ElementType.BF16 : ElementType.F32);
    }
}
