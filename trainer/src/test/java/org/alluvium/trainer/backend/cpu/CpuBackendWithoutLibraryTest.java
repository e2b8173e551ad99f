package org.alluvium.trainer.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.junit.jupiter.api.Test;

class CpuBackendWithoutLibraryTest extends BackendContractTest {

    @Override
    protected Backend open() {
        return CpuProvider.openWithoutLibrary(3, "asked for by a test");
    }

    @Test
    void theBannerSaysWhy() {
        try (Backend backend = open()) {
            assertThat(backend.info().toString())
                    .contains("Vector API")
                    .contains("asked for by a test")
                    .contains("3 threads");
        }
    }
}
