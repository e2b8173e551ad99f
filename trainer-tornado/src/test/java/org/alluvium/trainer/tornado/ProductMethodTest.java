package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.trainer.backend.DeviceInfo;
import org.junit.jupiter.api.Test;

class ProductMethodTest {

    @Test
    void processorsPackAsSoonAsRowsShareWhatWasPacked() {
        assertThat(ProductMethod.choose(DeviceInfo.Type.CPU, false, 1, 4096)).isEqualTo(ProductMethod.LOOPS);
        assertThat(ProductMethod.choose(DeviceInfo.Type.CPU, false, 4, 4096)).isEqualTo(ProductMethod.PACKED);
        assertThat(ProductMethod.choose(DeviceInfo.Type.CPU, false, 4096, 1)).isEqualTo(ProductMethod.PACKED);
    }

    @Test
    void graphicsProcessorsTileWhatFillsAShareOfATile() {
        assertThat(ProductMethod.choose(DeviceInfo.Type.GPU, false, 16, 16)).isEqualTo(ProductMethod.TILED);
        assertThat(ProductMethod.choose(DeviceInfo.Type.GPU, false, 15, 4096)).isEqualTo(ProductMethod.LOOPS);
        assertThat(ProductMethod.choose(DeviceInfo.Type.GPU, false, 4096, 15)).isEqualTo(ProductMethod.LOOPS);
    }

    @Test
    void theLibraryIsForWhatWouldBeTiled() {
        assertThat(ProductMethod.choose(DeviceInfo.Type.GPU, true, 16, 16)).isEqualTo(ProductMethod.LIBRARY);
        assertThat(ProductMethod.choose(DeviceInfo.Type.GPU, true, 1, 4096)).isEqualTo(ProductMethod.LOOPS);
    }

    @Test
    void nothingIsSupposedOfDevicesOfNoKnownKind() {
        assertThat(ProductMethod.choose(DeviceInfo.Type.OTHER, false, 4096, 4096))
                .isEqualTo(ProductMethod.LOOPS);
    }
}
