package org.alluvium.flink.source;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.file.FileLister;

/**
 * One source, as the job carries it to where it runs.
 *
 * @param source short name
 * @param path absolute path of the folder
 * @param pattern glob of file names
 * @param follow whether the folder is followed for ever
 */
record Folder(String source, String path, String pattern, boolean follow) implements Serializable {

    /** @throws ConfigException if the folder is not there, or is not one that can be read */
    static Folder of(SourceConfig config) {
        String where = "sources: " + config.name() + ": path";
        Path path = config.path()
                .flatMap(Location::folder)
                .orElseThrow(() -> new ConfigException("it is not a local folder", where, "Give a path"));
        if (Files.notExists(path)) {
            throw new ConfigException(
                    "the folder " + path + " does not exist", where, "Create it, or correct the path");
        }
        if (!Files.isDirectory(path)) {
            throw new ConfigException(
                    path + " is not a folder", where, "Give the folder that the files are in; 'pattern' selects files");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new ConfigException(
                    "the folder " + path + " may not be read",
                    where,
                    "Give the user of this process permission to read and enter it");
        }
        Folder folder =
                new Folder(config.name(), path.toString(), config.files().pattern(), config.follow());
        try {
            folder.lister();
        } catch (PatternSyntaxException malformed) {
            throw new ConfigException(
                    "'" + config.files().pattern() + "' is not a glob: " + malformed.getDescription(),
                    "sources: " + config.name() + ": files.pattern",
                    "Write it like '*.jsonl' or '*.{jsonl,jsonl.gz}'",
                    malformed);
        }
        return folder;
    }

    FileLister lister() {
        return new FileLister(source, Path.of(path), pattern);
    }
}
