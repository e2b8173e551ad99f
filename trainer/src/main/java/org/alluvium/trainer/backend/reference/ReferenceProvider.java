package org.alluvium.trainer.backend.reference;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.BackendProvider;

/** The reference backend in single precision; for those who ask for it. */
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
    public Availability availability(BackendOptions options) {
        return new Availability.OnRequest("plain loops, which are slow");
    }

    @Override
    public Backend open(BackendOptions options) {
        boolean rounded = options.precision() == TrainConfig.Precision.BF16;
        return new ReferenceBackend(Precision.SINGLE, rounded ? ElementType.BF16 : ElementType.F32);
    }
}
