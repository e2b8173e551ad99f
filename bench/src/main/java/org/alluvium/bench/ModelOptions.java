package org.alluvium.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.choice.BackendChoice;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.model.ModelShape;
import picocli.CommandLine.Option;

/** Options of benchmarks that time a model: which one, and on what. */
final class ModelOptions {

    @Option(names = "--config", description = "Configuration whose model and batch are taken. Default: the defaults.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--set", description = "key=value instead of the configuration's; can be repeated.")
    private List<String> overrides = List.of();

    @Option(names = "--vocabulary", description = "Vocabulary. Default: ${DEFAULT-VALUE}.")
    private int vocabulary = 16_000;

    @Option(names = "--threads", description = "Threads; 0 takes every core. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--precision", description = "As train.precision. Default: ${DEFAULT-VALUE}.")
    private TrainConfig.Precision precision = TrainConfig.Precision.AUTO;

    AlluviumConfig config() {
        return config.map(file -> ConfigLoader.load(file, overrides))
                .orElseGet(() -> ConfigLoader.parse("{}", "defaults", Path.of("/"), overrides));
    }

    ModelShape shape() {
        return ModelShape.of(config().model(), vocabulary);
    }

    @Option(names = "--backend", description = "As train.backend. Default: ${DEFAULT-VALUE}.")
    private TrainConfig.Backend backend = TrainConfig.Backend.CPU;

    @Option(names = "--device", description = "As train.device.")
    private Optional<String> device = Optional.empty();

    /** The backend that is asked for; to be closed. */
    Backend openBackend() {
        return BackendChoice.ofClassPath()
                .open(backend, new BackendOptions(threads, precision, device))
                .backend();
    }
}
