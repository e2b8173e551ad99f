package org.alluvium.flink.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.s3.StoreTraffic;

/**
 * Where a writer's files come to be. Of a corpus in a folder they are written where they will stay. For one in an object
 * store they are written to a scratch folder of the same layout, and become objects when they are finished, before anybody
 * is told of them. Not thread-safe.
 */
final class CorpusOutput implements AutoCloseable {

    private final CorpusLayout folders;
    private final Optional<ObjectStore> remote;

    private CorpusOutput(CorpusLayout folders, Optional<ObjectStore> remote) {
        this.folders = folders;
        this.remote = remote;
    }

    /**
     * @param scratch folder of this machine that nobody else uses; not touched if the corpus is a folder
     * @param traffic counts requests to the corpus's store
     */
    static CorpusOutput open(CorpusPlace place, Path scratch, StoreTraffic traffic) throws IOException {
        Optional<CorpusLayout> folder = place.folder();
        if (folder.isPresent()) {
            return new CorpusOutput(folder.get(), Optional.empty());
        }
        Files.createDirectories(scratch);
        return new CorpusOutput(new CorpusLayout(scratch).create(), Optional.of(place.open(traffic)));
    }

    /** The corpus as a store. */
    ObjectStore store() {
        return remote.orElseGet(folders::store);
    }

    /** Where to write. */
    CorpusLayout folders() {
        return folders;
    }

    /**
     * Makes a finished file part of the corpus's store; returns once it is there for good.
     *
     * @param path of the file, as the log will name it
     */
    void publish(String path) throws IOException {
        if (remote.isPresent()) {
            Path file = folders.resolve(path);
            remote.get().upload(file, path);
            Files.delete(file);
        }
    }

    /** Forgets what was written and not published. */
    @Override
    public void close() throws IOException {
        if (remote.isPresent()) {
            remote.get().close();
            List<Path> deepestFirst;
            try (Stream<Path> tree = Files.walk(folders.root())) {
                deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
