package org.alluvium.contracts.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;

/**
 * The file that changes the weights of a running job: YAML in UTF-8 with the keys of {@link WeightsConfig}, which replace
 * all that was said before. Written under another name and renamed, it is never seen half.
 */
public final class ControlFile {

    private ControlFile() {}

    /**
     * The weights that the file gives; empty if there is no such file.
     *
     * @param sources names that weights may be given for
     * @throws ConfigException naming everything that is wrong with it
     * @throws StorageException if it cannot be read
     */
    public static Optional<WeightsConfig> read(Path file, Set<String> sources) {
        try {
            return Optional.of(parse(Files.readString(file), file, sources));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageException.of("read the control file of the mixture", file, e);
        }
    }

    private static WeightsConfig parse(String yaml, Path file, Set<String> sources) {
        String label = file.toString();
        Problems problems = new Problems();
        Position root = new Position(label, file.toAbsolutePath().getParent(), 1, 1);
        if (yaml.isBlank()) {
            problems.add(root, "the file is empty, as if it were being written: rename it into place once it is whole");
        }
        Optional<Tree> written = YamlTree.parse(yaml, root, problems);
        Binder binder = new Binder(WeightsConfig.class, root.base(), problems);
        Optional<WeightsConfig> weights = written.flatMap(tree -> binder.bind(tree, WeightsConfig.class));
        weights.ifPresent(bound -> WeightsChecks.run(
                bound,
                sources,
                (key, what, allowed) ->
                        problems.add(Position.nearest(key, binder.positions()).orElse(root), key, what, allowed)));
        problems.throwIfAny(label);
        return weights.orElseThrow(() -> new IllegalStateException("no weights, and no reason why"));
    }
}
