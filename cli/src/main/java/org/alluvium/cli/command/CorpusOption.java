package org.alluvium.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import picocli.CommandLine.Option;

/** Which corpus a command is about: a folder, or the one that a configuration names. */
final class CorpusOption {

    @Option(names = "--corpus", paramLabel = "DIR", description = "Folder of the corpus.")
    private Path folder;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "alluvium.yaml",
            description = "Configuration that names the corpus, where --corpus does not (default: ${DEFAULT-VALUE}).")
    private Path config;

    CorpusLayout layout() {
        return checked(Optional.ofNullable(folder)
                .map(CorpusLayout::new)
                .orElseGet(() -> CorpusLayout.of(ConfigLoader.load(config, List.of()))));
    }

    /** The corpus in a folder. */
    static CorpusLayout layout(Path folder) {
        return checked(new CorpusLayout(folder));
    }

    static CorpusLayout checked(CorpusLayout layout) {
        if (layout.isLocal() && !Files.isDirectory(layout.log())) {
            throw new UnavailableException(
                    "there is no corpus here: it has no shard log",
                    layout.root().toString(),
                    "Name a corpus with --corpus, or begin one with 'alluvium ingest'");
        }
        return layout;
    }
}
