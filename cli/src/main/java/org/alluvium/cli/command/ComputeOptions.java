package org.alluvium.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.choice.BackendOptions;
import picocli.CommandLine.Option;

/** What computes: the same options for every command that opens a backend. The launcher reads {@code --backend} as well. */
final class ComputeOptions {

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "What computes: auto, cpu, tornado (an accelerator) or reference. Overrides train.backend.")
    private TrainConfig.Backend backend;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Number or part of the name of an accelerator that 'alluvium doctor' lists. Overrides"
                    + " train.device.")
    private String device;

    /** For a command that no configuration tells, and that takes this backend if nobody says otherwise. */
    TrainConfig.Backend backendOr(TrainConfig.Backend usual) {
        return backend == null ? usual : backend;
    }

    /** The device that was named. */
    Optional<String> device() {
        return Optional.ofNullable(device);
    }

    /** For such a command, with the machine's best precision. */
    BackendOptions options(int threads) {
        return new BackendOptions(threads, TrainConfig.Precision.AUTO, device());
    }

    /** What was said, as values of the configuration. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        if (backend != null) {
            settings.add("train.backend=" + backend.name().toLowerCase(Locale.ROOT));
        }
        if (device != null) {
            settings.add("train.device=" + Json.line(device));
        }
        return settings;
    }
}
