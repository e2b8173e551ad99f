package org.alluvium.trainer.backend.cpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.library.OneDnnMatrices;
import org.alluvium.trainer.backend.onednn.OneDnn;

class CpuBackendInBf16Test extends BackendContractTest {

    @Override
    protected Backend open() {
        OneDnn library = new OneDnn(3);
        assumeTrue(library.multipliesBf16(), "this CPU multiplies no BF16");
        return new CpuBackend(3, new OneDnnMatrices(library, ElementType.BF16, "BF16"));
    }
}
