package org.alluvium.trainer.tornado;

import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** What products are left to the library of the device's maker; cuBLAS is the only one. Nobody has run it yet. */
public enum Library {
    /** None: kernels of our own, which read FP32. */
    NONE(null),
    /** Large ones, of FP32. */
    FP32(Kernel.PRODUCT_BY_LIBRARY),
    /** Large ones, of operands and results in BF16, with sums and weights in FP32. */
    BF16(Kernel.PRODUCT_BY_LIBRARY_BF16);

    private final Kernel kernel;

    Library(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What computes a product, if this does. */
    Optional<Kernel> kernel() {
        return Optional.ofNullable(kernel);
    }

    /**
     * What was asked for on this device: FP32 by {@code -Dalluvium.tornado.cublas=true}, to try it; BF16 by its name, where
     * there is any.
     *
     * @throws UnavailableException if there is none
     */
    public static Library chosen(DeviceInfo device, TrainConfig.Precision precision) {
        boolean cuda = hasCuda(device);
        if (precision != TrainConfig.Precision.BF16) {
            return cuda && Boolean.getBoolean("alluvium.tornado.cublas") ? FP32 : NONE;
        }
        if (!cuda) {
            throw new UnavailableException(
                    "TornadoVM has products of BF16 on CUDA only, and this is " + device.words(),
                    "train.precision bf16",
                    "Set train.precision to auto or fp32");
        }
        return BF16;
    }

    private static boolean hasCuda(DeviceInfo device) {
        return device.runtime().contains("CUDA");
    }

    /** For the start banner: what products read, and why. */
    String words(DeviceInfo device) {
        return switch (this) {
            case NONE ->
                hasCuda(device)
                        ? "products of FP32; of BF16 by cuBLAS on request, train.precision bf16, as nobody has tried that yet"
                        : "products of FP32, as TornadoVM has BF16 on CUDA only";
            case FP32 -> "products of FP32 by cuBLAS";
            case BF16 -> "products of BF16 by cuBLAS, weights and sums in FP32";
        };
    }
}
