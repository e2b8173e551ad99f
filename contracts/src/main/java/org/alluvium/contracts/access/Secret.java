package org.alluvium.contracts.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password, token or key, which nothing shows that prints objects. It is read from a file or, where a key of the configuration
 * says so, from a variable of the environment, never from a configuration or a command line, which others see. Immutable.
 */
public final class Secret {

    private static final Logger LOG = LoggerFactory.getLogger(Secret.class);

    /** Files that were warned of. */
    private static final Set<Path> WARNED = ConcurrentHashMap.newKeySet();

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * What a file holds, without white space around it. A file that others may read is warned of, once.
     *
     * @param key of the configuration that names the file
     * @throws StorageException if it cannot be read
     * @throws ConfigException if it is empty
     */
    public static Secret read(Path file, String key) {
        String value;
        try {
            warnIfPublic(file, key);
            value = Files.readString(file).strip();
        } catch (IOException e) {
            throw StorageException.of("read the secret of " + key, file, e);
        }
        if (value.isEmpty()) {
            throw new ConfigException(
                    "it is empty", file.toString(), "Write the secret into it, or correct " + key + ", which names it");
        }
        return new Secret(value);
    }

    /** What a file holds if one is named, or else a variable of the environment that is set and not blank. */
    public static Optional<Secret> find(
            Optional<Path> file, String key, Map<String, String> environment, String variable) {
        return file.map(path -> read(path, key))
                .or(() -> Optional.ofNullable(environment.get(variable))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Secret::new));
    }

    private static void warnIfPublic(Path file, String key) throws IOException {
        boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
        if (posix
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                && WARNED.add(file.toAbsolutePath())) {
            LOG.warn("{}, which {} names, can be read by everybody on this machine: chmod o-r {}", file, key, file);
        }
    }

    /** The secret itself, for whoever shows it to a server. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
