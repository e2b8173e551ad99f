package org.alluvium.contracts.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.alluvium.contracts.error.StorageException;

/**
 * The corpus folder:
 *
 * <pre>
 * log/00000000000000000000.json …   the shard log: what exists, in order
 * shards/*.parquet                  tokenized documents; a shard that the log does not name does not exist
 * dead-letters/*.avro               records that were refused, with reasons; they too exist if the log names them
 * rejects/*.avro                    a sample of the documents that filters dropped; likewise
 * changes/*.jsonl.gz                versions of documents that were superseded or deleted; likewise
 * replay/*.jsonl.gz                 dead letters that were fed back, for the ingest job to read again
 * flink/                            the ingest job's own state: checkpoints and lineage
 * events/ingest.jsonl               what the ingest job reports
 * ingest.lock                       held by the running ingest process
 * </pre>
 *
 * @param root the folder; paths in the log are relative to it
 */
public record CorpusLayout(Path root) {

    /** Prefix of the log's keys in an object store whose root is the corpus folder. */
    public static final String LOG_PREFIX = "log/";

    /** Prefix of the keys of what is fed back. */
    public static final String REPLAY_PREFIX = "replay/";

    public CorpusLayout {
        root = root.toAbsolutePath().normalize();
    }

    public Path log() {
        return root.resolve("log");
    }

    public Path shards() {
        return root.resolve("shards");
    }

    public Path deadLetters() {
        return root.resolve("dead-letters");
    }

    public Path rejects() {
        return root.resolve("rejects");
    }

    public Path changes() {
        return root.resolve("changes");
    }

    public Path replay() {
        return root.resolve("replay");
    }

    public Path flinkState() {
        return root.resolve("flink");
    }

    public Path events() {
        return root.resolve("events").resolve("ingest.jsonl");
    }

    public Path lock() {
        return root.resolve("ingest.lock");
    }

    /** The file that a path of a log entry means. */
    public Path resolve(String relativePath) {
        return root.resolve(relativePath);
    }

    /**
     * Creates the folders that are missing, but not the one that the corpus folder itself is in: if that is not there, its
     * disk is most likely not mounted, and a second, empty corpus would begin in its place.
     *
     * @throws StorageException if that is the case, or a folder cannot be created
     */
    public CorpusLayout create() {
        try {
            if (Files.notExists(root) && Files.notExists(root.getParent())) {
                throw new NoSuchFileException(root.getParent().toString());
            }
            Files.createDirectories(log());
            Files.createDirectories(shards());
            Files.createDirectories(deadLetters());
            Files.createDirectories(rejects());
            Files.createDirectories(changes());
            Files.createDirectories(replay());
            Files.createDirectories(flinkState());
            Files.createDirectories(events().getParent());
        } catch (IOException e) {
            throw StorageException.of("create the corpus folder", root, e);
        }
        return this;
    }
}
