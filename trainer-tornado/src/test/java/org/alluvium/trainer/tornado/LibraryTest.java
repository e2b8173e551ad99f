package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.alluvium.contracts.config.TrainConfig.Precision;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;
import org.junit.jupiter.api.Test;

class LibraryTest {

    private static final DeviceInfo CUDA = device("TornadoVM by CUDA");
    private static final DeviceInfo OPEN_CL = device("TornadoVM by OpenCL");

    private static DeviceInfo device(String runtime) {
        return new DeviceInfo(0, "a GPU", DeviceInfo.Type.GPU, "a platform", "1.0", runtime, 1L << 34, 1L << 32, 100);
    }

    @Test
    void withoutAWishProductsAreOurOwnAndTheBannerSaysWhatCouldBeAskedFor() {
        assertThat(Library.chosen(CUDA, Precision.AUTO)).isEqualTo(Library.NONE);
        assertThat(Library.NONE.words(CUDA)).contains("FP32", "train.precision bf16");
        assertThat(Library.NONE.words(OPEN_CL)).contains("FP32", "BF16 on CUDA only");
    }

    @Test
    void bf16IsOfCublas() {
        assertThat(Library.chosen(CUDA, Precision.BF16)).isEqualTo(Library.BF16);
        assertThat(Library.BF16.words(CUDA)).contains("BF16", "weights and sums in FP32");
    }

    @Test
    void bf16IsRefusedWhereThereIsNone() {
        assertThatThrownBy(() -> Library.chosen(OPEN_CL, Precision.BF16))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("on CUDA only")
                .hasMessageContaining("Set train.precision to auto or fp32");
    }
}
