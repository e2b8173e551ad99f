package org.alluvium.trainer.backend.cpu;

import java.util.function.Supplier;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendProvider;

/** Opens the CPU backend with the fastest matrix product that loads here. */
public final class CpuProvider implements BackendProvider {

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Backend open(int threads, TrainConfig.Precision precision) {
        if (precision == TrainConfig.Precision.BF16) {
            throw new UnavailableException(
                    "the cpu backend has no products of BF16 here",
                    "train.precision bf16",
                    "Set train.precision to auto or fp32");
        }
        int team = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        String vectors = Lanes.COUNT * Float.SIZE + "-bit vectors";
        try {
            Gemm oneDnn = OneDnnGemm.load();
            return new CpuBackend(team, () -> oneDnn, oneDnn.description() + ", " + vectors);
        } catch (UnsatisfiedLinkError e) {
            return openWithoutLibrary(team, vectors + "; oneDNN did not load: " + e.getMessage());
        }
    }

    /**
     * Loads the native library as {@link #open} would, for a diagnosis.
     *
     * @throws UnsatisfiedLinkError if it does not load; the backend then falls back to slower products
     */
    public static void requireLibrary() {
        OneDnnGemm.load();
    }

    static Backend openWithoutLibrary(int threads, String reason) {
        Supplier<Gemm> gemm = VectorGemm::new;
        return new CpuBackend(threads, gemm, gemm.get().description() + ", " + reason);
    }
}
