package org.alluvium.flink.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.alluvium.contracts.config.FilesConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.deadletter.ReplaySource;
import org.alluvium.ingest.file.FileLister;
import org.alluvium.ingest.file.FileRecordReader;
import org.alluvium.ingest.file.FileStore;
import org.alluvium.ingest.file.Framers;
import org.alluvium.ingest.file.LocalFiles;

/**
 * One source of files.
 *
 * @param config its configuration, which has a path
 */
record Folder(SourceConfig config) {

    /** Where a maildir keeps messages that are still being delivered. */
    private static final String MAILDIR_DELIVERIES = "tmp";

    /** @throws ConfigException if it is a local folder that is not there or cannot be read */
    static Folder of(SourceConfig config) {
        Folder folder = new Folder(config);
        folder.location().folder().ifPresent(path -> requireReadable(path, folder.key("path")));
        try {
            folder.lister();
        } catch (PatternSyntaxException malformed) {
            throw new ConfigException(
                    "'" + config.files().pattern() + "' is not a glob: " + malformed.getDescription(),
                    folder.key("files.pattern"),
                    "Write it like '*.jsonl' or '*.{jsonl,jsonl.gz}'",
                    malformed);
        }
        return folder;
    }

    private static void requireReadable(Path path, String where) {
        if (Files.notExists(path)) {
            throw new ConfigException(
                    "the folder " + path + " does not exist", where, "Create it, or correct the path");
        }
        if (!Files.isDirectory(path)) {
            throw new ConfigException(
                    path + " is not a folder",
                    where,
                    "Give the folder that the files are in; 'files.pattern' selects files");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new ConfigException(
                    "the folder " + path + " may not be read",
                    where,
                    "Give the user of this process permission to read and enter it");
        }
    }

    private String key(String name) {
        return "sources: " + source() + ": " + name;
    }

    private Location location() {
        return config.path()
                .orElseThrow(() -> new ConfigException(
                        "the source does not read files", key("path"), "Give a folder or s3://bucket/prefix"));
    }

    /** Short name. */
    String source() {
        return config.name();
    }

    /** Whether the folder is followed for ever. */
    boolean follow() {
        return config.follow();
    }

    FileStore store() {
        Optional<Path> local = location().folder();
        return local.isPresent()
                ? new LocalFiles(local.get())
                : new FlinkFiles(location().toString());
    }

    FileLister lister() {
        boolean marked = config.files().complete() == FilesConfig.Complete.SUCCESS_FILE;
        Set<String> closed = config.format() == SourceConfig.Format.MAIL ? Set.of(MAILDIR_DELIVERIES) : Set.of();
        return new FileLister(source(), store(), config.files().pattern(), marked, closed);
    }

    FileRecordReader.Options options(long maxRecordBytes) {
        // Whoever says that a folder is complete, or lets files be deleted, says that they do not grow.
        boolean mayGrow = follow() && !deletes() && config.files().complete() != FilesConfig.Complete.SUCCESS_FILE;
        long longest = source().equals(ReplaySource.NAME) ? ReplaySource.maxLineBytes(maxRecordBytes) : maxRecordBytes;
        return new FileRecordReader.Options(store(), Framers.of(config.format()), mayGrow, longest);
    }

    /** @param settle how long files must be still where that is what makes them complete */
    PickupRules rules(Duration settle) {
        return new PickupRules(
                config.files().complete() == FilesConfig.Complete.SETTLED ? settle : Duration.ZERO,
                Framers.of(config.format()),
                config.files().splitBytes(),
                deletes());
    }

    private boolean deletes() {
        return config.files().after() == FilesConfig.After.DELETE;
    }
}
