package org.alluvium.contracts.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.CorpusConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.LocalFiles;
import org.alluvium.contracts.store.LocalObjectStore;
import org.alluvium.contracts.store.ObjectCache;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.s3.ObjectStores;

/**
 * The corpus, in a folder or in an object store:
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
 * index/                            where documents are by their names; derived, and made again if it is deleted
 * ingest.lock                       held by the running ingest process
 * </pre>
 *
 * <p>Of a corpus in an object store only what the log names, the log itself, {@code replay/} and, unless {@code
 * ingest.stateDir} says otherwise, {@code flink/} are there. The lock, the events, the index and scratch files are of one machine, and
 * lie in a folder of it, {@code corpus.cacheDir}, beside {@code objects/}, the copies of what was read. The lock keeps two
 * processes of one machine apart; against any other writer the log's fence protects.
 *
 * <p>Whoever reads asks {@link #file} for what a log entry names, and so need not know where the corpus is.
 */
public final class CorpusLayout {

    /** Prefix of the log's keys in the corpus's store; the others follow. */
    public static final String LOG_PREFIX = "log/";

    public static final String SHARDS_PREFIX = "shards/";
    public static final String DEAD_LETTERS_PREFIX = "dead-letters/";
    public static final String REJECTS_PREFIX = "rejects/";
    public static final String CHANGES_PREFIX = "changes/";

    /** Prefix of the keys of what is fed back. */
    public static final String REPLAY_PREFIX = "replay/";

    private static final String FLINK = "flink";

    private final Location location;
    private final Path root;
    private final ObjectStore store;
    private final LocalFiles files;
    private final Optional<S3Config> service;

    /** A corpus in a folder, which need not exist yet. */
    public CorpusLayout(Path folder) {
        this(Location.of(folder), folder.toAbsolutePath().normalize(), new LocalObjectStore(folder));
    }

    private CorpusLayout(Location location, Path root, LocalObjectStore store) {
        this(location, root, store, LocalFiles.of(store), Optional.empty());
    }

    private CorpusLayout(
            Location location, Path root, ObjectStore store, LocalFiles files, Optional<S3Config> service) {
        this.location = location;
        this.root = root;
        this.store = store;
        this.files = files;
        this.service = service;
    }

    /** The corpus that is configured, wherever it is. Nothing is looked at yet. */
    public static CorpusLayout of(AlluviumConfig config) {
        return of(config.corpus(), config.s3());
    }

    /** As above. */
    public static CorpusLayout of(CorpusConfig corpus, S3Config s3) {
        if (corpus.dir().folder().isPresent()) {
            return new CorpusLayout(corpus.dir().folder().get());
        }
        ObjectStore store = ObjectStores.open(corpus.dir(), s3);
        Path copies = corpus.cacheDir().resolve("objects");
        LocalFiles files = new ObjectCache(store, copies, corpus.cacheBytes(), WallClock.ofThisProcess());
        return new CorpusLayout(corpus.dir(), corpus.cacheDir(), store, files, Optional.of(s3));
    }

    /** Where it is, for people and for Flink. */
    public Location location() {
        return location;
    }

    /** Whether the corpus is a folder of this machine; then the paths below are those of its files. */
    public boolean isLocal() {
        return location.folder().isPresent();
    }

    /** How the service is reached that holds it; empty for a folder. */
    public Optional<S3Config> service() {
        return service;
    }

    /** The objects of the corpus, by the paths that the log has. */
    public ObjectStore store() {
        return store;
    }

    /** The corpus folder, or, of a corpus elsewhere, this machine's own folder for it. */
    public Path root() {
        return root;
    }

    /** The shard as a file of this machine, as {@link LocalFiles#get} has it. */
    public Path file(ShardFile shard) {
        return file(shard.path(), shard.bytes(), shard.sha256());
    }

    /** Another file that the log names, likewise. */
    public Path file(String path, long bytes, String sha256) {
        return files.get(path, bytes, sha256);
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

    /** Where Flink's checkpoints lie unless the configuration says otherwise. */
    public Location state() {
        return location.resolve(FLINK);
    }

    /** The folder of this machine for the job's own files; of a local corpus, where its checkpoints lie. */
    public Path flinkState() {
        return root.resolve(FLINK);
    }

    public Path events() {
        return root.resolve("events").resolve("ingest.jsonl");
    }

    /** The index over the records of the corpus, of this machine. */
    public Path index() {
        return root.resolve("index");
    }

    public Path lock() {
        return root.resolve("ingest.lock");
    }

    /** The file that a path of a log entry means, of a local corpus; readers ask for a {@link #file}. */
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
            if (isLocal() && Files.notExists(root) && Files.notExists(root.getParent())) {
                throw new NoSuchFileException(root.getParent().toString());
            }
            Files.createDirectories(flinkState());
            Files.createDirectories(events().getParent());
            if (!isLocal()) {
                return this;
            }
            Files.createDirectories(log());
            Files.createDirectories(shards());
            Files.createDirectories(deadLetters());
            Files.createDirectories(rejects());
            Files.createDirectories(changes());
            Files.createDirectories(replay());
        } catch (IOException e) {
            throw StorageException.of("create the corpus folder", root, e);
        }
        return this;
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
