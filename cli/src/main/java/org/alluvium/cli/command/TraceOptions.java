package org.alluvium.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which run and corpus are traced: those of a configuration, or folders. */
final class TraceOptions {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--run", paramLabel = "DIR", description = "Folder of the run (default: train.run of --config).")
    private Optional<Path> run = Optional.empty();

    @Option(names = "--corpus", paramLabel = "DIR", description = "Folder of the corpus (default: that of --config).")
    private Optional<Path> corpus = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What is missing where {@link #configured} is empty. */
    static final String NO_CONFIGURATION = "that takes the configuration of the run; name it with --config";

    boolean json() {
        return json;
    }

    /**
     * The run.
     *
     * @throws UnavailableException if it has no journal
     */
    RunLayout run() {
        RunLayout layout =
                new RunLayout(run.orElseGet(() -> config.load().train().run()));
        if (!Files.isRegularFile(layout.journal())) {
            throw new UnavailableException(
                    "there is no run here: it has no journal",
                    layout.root().toString(),
                    "Name the folder of a run with --run, or begin one with 'alluvium train'");
        }
        return layout;
    }

    CorpusLayout corpus() {
        return corpus.map(CorpusOption::layout).orElseGet(() -> CorpusOption.checked(CorpusLayout.of(config.load())));
    }

    /** The configuration, if its file is there, of the run and corpus that are named. */
    Optional<AlluviumConfig> configured() {
        if (!Files.isRegularFile(config.file())) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>();
        run.ifPresent(folder -> named.add("train.run=" + value(folder)));
        corpus.ifPresent(folder -> named.add("corpus.dir=" + value(folder)));
        return Optional.of(config.load(named));
    }

    /** The configuration's own paths begin where its file is. */
    private static String value(Path folder) {
        return Json.line(folder.toAbsolutePath().normalize().toString());
    }

    /** The whole checkpoints of a run, newest first. */
    static List<Checkpoint> checkpoints(RunLayout run) {
        return new CheckpointFolder(run)
                .paths().stream()
                        .filter(CheckpointManifest::isIn)
                        .map(Checkpoint::open)
                        .toList();
    }
}
