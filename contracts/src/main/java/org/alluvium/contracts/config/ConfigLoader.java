package org.alluvium.contracts.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Reads the configuration: a YAML 1.2 file whose keys are the components of {@link AlluviumConfig} and the records in it,
 * written exactly so, with values written as docs/configuration.md says. Keys that are absent have their defaults.
 * Everything that is wrong is reported at once, each as
 *
 * <pre><i>file</i>:<i>line</i>:<i>column</i>: key '<i>path</i>': <i>what</i>; allowed: <i>what</i>; did you mean '<i>name</i>'?</pre>
 */
public final class ConfigLoader {

    private static final String COMMAND_LINE = "command line";

    private ConfigLoader() {}

    /**
     * Reads a file.
     *
     * @param overrides what takes precedence, later over earlier: {@code key=value} pairs, as {@code train.steps=100} or
     *     {@code sources[0].path=in}, whose relative paths are relative to the working directory; and {@code @FILE}, a YAML
     *     file of the same form with the keys to be replaced, whose relative paths are relative to its own folder
     * @throws ConfigException naming everything that is wrong
     * @throws UnavailableException if there is no such file
     */
    public static AlluviumConfig load(Path file, List<String> overrides) {
        return parse(read(file), file.toString(), file.toAbsolutePath().getParent(), overrides);
    }

    /**
     * Reads a text.
     *
     * @param label what errors call it
     * @param base folder that its relative paths are relative to
     * @param overrides as for {@link #load}
     * @throws ConfigException naming everything that is wrong
     */
    public static AlluviumConfig parse(String yaml, String label, Path base, List<String> overrides) {
        Problems problems = new Problems();
        Optional<Tree> written = YamlTree.parse(yaml, new Position(label, base, 1, 1), problems);
        if (written.isEmpty()) {
            problems.throwIfAny(label);
        }
        Position commandLine = new Position(COMMAND_LINE, Path.of("").toAbsolutePath(), 0, 0);
        Tree tree = new Overrides(commandLine, problems).apply(written.orElseThrow(), overrides, ConfigLoader::read);
        Binder binder = new Binder(AlluviumConfig.class, base, problems);
        Optional<AlluviumConfig> config = binder.bind(tree, AlluviumConfig.class);
        config.ifPresent(bound -> new CrossChecks(bound, binder.positions(), tree.at(), problems).run());
        problems.throwIfAny(label);
        return config.orElseThrow(() -> new IllegalStateException("no configuration, and no reason why"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UnavailableException(
                    "there is no configuration file of this name",
                    file.toString(),
                    "Write one (docs/alluvium.example.yaml has every key), or name another with --config",
                    e);
        } catch (CharacterCodingException e) {
            throw new ConfigException("the file is not UTF-8", file.toString(), "Save it as UTF-8", e);
        } catch (IOException e) {
            throw StorageException.of("read the configuration", file, e);
        }
    }
}
