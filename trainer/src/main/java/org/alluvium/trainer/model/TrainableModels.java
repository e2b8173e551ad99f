package org.alluvium.trainer.model;

import org.alluvium.contracts.config.TrainConfig;
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
        OpenBackend open = BackendChoice.ofClassPath().open(choice, options);
        try {
            MemoryPlan.of(shape, setup, open.backend()).requireFits();
            return new Transformer(shape, setup, open);
        } catch (RuntimeException | Error e) {
            open.backend().close();
            throw e;
        }
    }
}
