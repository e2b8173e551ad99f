package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.model.ModelContractTest;

class ReferenceModelTest extends ModelContractTest {

    @Override
    protected Backend open() {
        return new ReferenceBackend(Precision.SINGLE);
    }
}
