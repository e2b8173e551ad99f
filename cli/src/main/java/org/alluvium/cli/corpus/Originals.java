package org.alluvium.cli.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.StoredObject;

/**
 * The files of a corpus as they lie there now, whatever this machine has copies of. Of a remote corpus each is fetched anew, into
 * a scratch folder that holds one at a time. For one thread.
 */
final class Originals implements AutoCloseable {

    private final CorpusLayout corpus;
    private final Path scratch;
    private Optional<Map<String, Long>> sizes = Optional.empty();

    Originals(CorpusLayout corpus) {
        this.corpus = corpus;
        this.scratch = corpus.root().resolve("verify-" + UUID.randomUUID());
    }

    /**
     * Has somebody look at a file.
     *
     * @throws StorageException if it cannot be fetched; of a corpus in a folder the one who looks finds out
     */
    void look(String path, Consumer<Path> reader) {
        if (corpus.isLocal()) {
            reader.accept(corpus.resolve(path));
            return;
        }
        Path file = scratch.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            try (InputStream in = corpus.store().open(path)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            reader.accept(file);
            Files.delete(file);
        } catch (IOException e) {
            throw StorageException.of("fetch the object", corpus.store().where(path), e);
        }
    }

    /** Size of a file in bytes, from a listing of all; empty if it is not there. */
    Optional<Long> size(String path) {
        if (sizes.isEmpty()) {
            sizes = Optional.of(listed());
        }
        return Optional.ofNullable(sizes.get().get(path));
    }

    private Map<String, Long> listed() {
        Map<String, Long> bytes = new HashMap<>();
        for (String prefix : List.of(
                CorpusLayout.SHARDS_PREFIX,
                CorpusLayout.DEAD_LETTERS_PREFIX,
                CorpusLayout.REJECTS_PREFIX,
                CorpusLayout.CHANGES_PREFIX)) {
            try {
                for (StoredObject object : corpus.store().describe(prefix)) {
                    bytes.put(object.key(), object.bytes());
                }
            } catch (IOException e) {
                throw StorageException.of("list the files", corpus.store().where(prefix), e);
            }
        }
        return bytes;
    }

    /** A message about a fetched file, as one about the object that it is of. */
    String naming(String message) {
        return message.replace(scratch + "/", corpus.store().where(""));
    }

    @Override
    public void close() {
        if (Files.exists(scratch)) {
            AtomicDirectory.delete(scratch);
        }
    }
}
