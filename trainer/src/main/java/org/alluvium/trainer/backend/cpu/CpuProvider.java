package org.alluvium.trainer.backend.cpu;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.BackendProvider;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.library.OneDnnMatrices;
import org.alluvium.trainer.backend.cpu.product.MatrixLibrary;
import org.alluvium.trainer.backend.cpu.vector.VectorMatrices;
import org.alluvium.trainer.backend.onednn.OneDnn;

/** Opens the CPU backend with the fastest matrix product that loads here, in the precision that suits the CPU. */
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
    public Availability availability(BackendOptions options) {
        return new Availability.Fast();
    }

    @Override
    public Backend open(BackendOptions options) {
        return open(options.threads(), options.precision());
    }

    /** As {@link #open(BackendOptions)}, which needs no more than these. */
    public Backend open(int threads, TrainConfig.Precision precision) {
        int team = team(threads);
        try {
            return new CpuBackend(team, oneDnn(new OneDnn(team), precision));
        } catch (UnsatisfiedLinkError e) {
            if (precision == TrainConfig.Precision.BF16) {
                throw noBf16("oneDNN did not load: " + e.getMessage());
            }
            return openWithoutLibrary(team, "oneDNN did not load: " + e.getMessage());
        }
    }

    /** Threads that compute where so many are configured. */
    static int team(int threads) {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    private static MatrixLibrary oneDnn(OneDnn library, TrainConfig.Precision precision) {
        boolean native16 = library.multipliesBf16();
        if (precision == TrainConfig.Precision.BF16 && !native16) {
            library.close();
            throw noBf16("this CPU has neither AVX512-BF16 nor AMX");
        }
        boolean rounded = native16 && precision != TrainConfig.Precision.FP32;
        String reason = rounded
                ? "BF16 by " + library.bf16Instructions()
                : native16 ? "FP32 as configured" : "FP32, since this CPU has neither AVX512-BF16 nor AMX";
        return new OneDnnMatrices(
                library,
                rounded ? ElementType.BF16 : ElementType.F32,
                "oneDNN " + library.version() + ", products of " + reason + ", " + vectors());
    }

    private static UnavailableException noBf16(String reason) {
        return new UnavailableException(
                "the cpu backend has no products of BF16: " + reason,
                "train.precision bf16",
                "Set train.precision to auto or fp32");
    }

    private static String vectors() {
        return Lanes.COUNT * Float.SIZE + "-bit vectors";
    }

    /**
     * Loads the native library as {@link #open(BackendOptions)} would, for a diagnosis.
     *
     * @throws UnsatisfiedLinkError if it does not load; the backend then falls back to slower products
     */
    public static void requireLibrary() {
        new OneDnn(1).close();
    }

    /**
     * Opens the backend as it is where no native library loads.
     *
     * @param reason why, for the start banner
     */
    public static Backend openWithoutLibrary(int threads, String reason) {
        return new CpuBackend(
                threads, new VectorMatrices("matrix products in the Vector API, " + vectors() + "; " + reason));
    }
}
