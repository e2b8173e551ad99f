package org.alluvium.trainer.model;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.choice.BackendChoice;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.OpenBackend;

/** Puts a transformer onto the backend that was asked for. */
public final class TrainableModels {

    private TrainableModels() {}

    /** As below, with AdamW for every parameter and in this machine's best precision. */
    public static TrainableModel create(ModelShape shape, int rows, TrainConfig.Backend choice, int threads) {
        return create(shape, TrainingSetup.of(rows), choice, TrainConfig.Precision.AUTO, threads);
    }

    /** As below, on no particular device. */
    public static TrainableModel create(
            ModelShape shape,
            TrainingSetup setup,
            TrainConfig.Backend choice,
            TrainConfig.Precision precision,
            int threads) {
        return create(shape, setup, choice, new BackendOptions(threads, precision));
    }

    /**
     * Allocates a model; its weights are zero until they are initialized or written.
     *
     * @throws org.alluvium.contracts.error.ConfigException if it does not fit into memory, or a device is named that is not
     *     there
     * @throws org.alluvium.contracts.error.UnavailableException if no such backend works here
     */
    public static TrainableModel create(
            ModelShape shape, TrainingSetup setup, TrainConfig.Backend choice, BackendOptions options) {
        BackendChoice backends = BackendChoice.ofClassPath();
        OpenBackend open = backends.open(choice, options);
        try {
            MemoryPlan memory = open.backend().deviceMemory().isPresent()
                    ? plannedBeside(shape, setup, open.backend(), backends)
                    : MemoryFit.require(shape, setup, open.backend());
            return new Transformer(shape, setup, open, memory);
        } catch (RuntimeException | Error e) {
            open.backend().close();
            throw e;
        }
    }

    /** For a model on a device, of which a copy may be evaluated on the CPU. */
    private static MemoryPlan plannedBeside(
            ModelShape shape, TrainingSetup setup, Backend device, BackendChoice backends) {
        BackendOptions options = new BackendOptions(1, TrainConfig.Precision.FP32);
        try (Backend cpu = backends.open(TrainConfig.Backend.CPU, options).backend()) {
            return MemoryFit.here(device, cpu).require(shape, setup);
        }
    }
}
