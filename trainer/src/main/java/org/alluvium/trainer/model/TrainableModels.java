package org.alluvium.trainer.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendProvider;

/** Puts a transformer onto the backend that was asked for. */
public final class TrainableModels {

    private TrainableModels() {}

    /** As below, with AdamW for every parameter and in this machine's best precision. */
    public static TrainableModel create(ModelShape shape, int rows, TrainConfig.Backend choice, int threads) {
        return create(shape, TrainingSetup.of(rows), choice, TrainConfig.Precision.AUTO, threads);
    }

    /**
     * Allocates a model; its weights are zero until they are initialized or written.
     *
     * @param precision of what matrix products read
     * @param threads threads that compute; 0 takes every core; results do not depend on it
     * @throws org.alluvium.contracts.error.ConfigException if it does not fit into memory
     * @throws UnavailableException if no such backend works here
     */
    public static TrainableModel create(
            ModelShape shape,
            TrainingSetup setup,
            TrainConfig.Backend choice,
            TrainConfig.Precision precision,
            int threads) {
        Backend backend = provider(choice).open(threads, precision);
        try {
            MemoryPlan.of(shape, setup, backend).requireFits();
            return new Transformer(shape, setup, backend);
        } catch (RuntimeException | Error e) {
            backend.close();
            throw e;
        }
    }

    private static BackendProvider provider(TrainConfig.Backend choice) {
        List<BackendProvider> providers = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return providers.stream()
                .filter(provider -> choice == TrainConfig.Backend.AUTO
                        || provider.name().equals(choice.name().toLowerCase(Locale.ROOT)))
                .max(Comparator.comparingInt(BackendProvider::rank))
                .orElseThrow(() -> new UnavailableException(
                        "no backend of this name; there are "
                                + providers.stream().map(BackendProvider::name).toList(),
                        "train.backend " + choice.name().toLowerCase(Locale.ROOT),
                        "Set train.backend to one of them, or put the module that brings it onto the class path"));
    }
}
