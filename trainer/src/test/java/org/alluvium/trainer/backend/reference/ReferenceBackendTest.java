package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;

class ReferenceBackendTest extends BackendContractTest {

    @Override
    protected Backend open() {
        return new ReferenceBackend(Precision.SINGLE);
    }
}
