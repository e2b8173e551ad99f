package org.alluvium.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.alluvium.contracts.config.TrainConfig;
import picocli.CommandLine.Option;

/** What computes: the same options for every command that trains. The launcher reads {@code --backend} as well. */
final class ComputeOptions {

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "What computes: auto, cpu, tornado or reference. The same as --set train.backend=NAME.")
    private TrainConfig.Backend backend;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Number or part of the name of an accelerator that 'alluvium doctor' lists. The same as"
                    + " --set train.device=DEVICE.")
    private String device;

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
