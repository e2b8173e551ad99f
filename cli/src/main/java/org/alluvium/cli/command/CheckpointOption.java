package org.alluvium.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.CheckpointFolder;

/** Finds the checkpoint that a path means: itself, or the newest one of a run. */
final class CheckpointOption {

    private static final String LATEST = "latest";

    private CheckpointOption() {}

    /**
     * The folder of a checkpoint.
     *
     * @param path a checkpoint; or a run, its {@code checkpoints} folder, or {@code latest} in that, for the newest
     * @throws UnavailableException if there is none
     */
    static Path resolve(Path path) {
        if (CheckpointManifest.isIn(path)) {
            return path;
        }
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.endsWith(LATEST) && !Files.exists(absolute) ? absolute.getParent() : absolute;
        Path run = folder.endsWith("checkpoints") ? folder.getParent() : folder;
        return new CheckpointFolder(new RunLayout(run))
                .paths().stream()
                        .filter(CheckpointManifest::isIn)
                        .findFirst()
                        .orElseThrow(() -> new UnavailableException(
                                "there is no complete checkpoint here",
                                path.toString(),
                                "Name a folder step-… of a run, or the run's folder for its newest one;"
                                        + " 'alluvium checkpoint list' names them"));
    }
}
