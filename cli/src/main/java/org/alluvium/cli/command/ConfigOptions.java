package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import picocli.CommandLine.Option;

/** Where the configuration comes from: the same options for every command that reads one. */
final class ConfigOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "alluvium.yaml",
            description = "Configuration file (default: ${DEFAULT-VALUE}).")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Take this value instead of the file's, e.g. train.steps=100; @FILE takes those of a YAML file of"
                            + " the same form. Can be repeated.")
    private List<String> overrides = List.of();

    Path file() {
        return file.toAbsolutePath().normalize();
    }

    List<String> overrides() {
        return List.copyOf(overrides);
    }

    AlluviumConfig load() {
        return load(List.of());
    }

    /** The configuration with further values, which take precedence. */
    AlluviumConfig load(List<String> further) {
        return ConfigLoader.load(
                file, Stream.concat(overrides.stream(), further.stream()).toList());
    }
}
