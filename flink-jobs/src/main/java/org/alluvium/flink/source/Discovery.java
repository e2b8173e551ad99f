package org.alluvium.flink.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.ingest.file.FileLister;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.FileStore;

/**
 * Looks into the folders, and clears away what was read. Called by one thread at a time; what is not looked at any more may
 * be said by another.
 */
final class Discovery implements Callable<List<Discovery.Listing>> {

    private final Map<String, FileLister> listers = new LinkedHashMap<>();
    private final Map<String, FileStore> stores = new LinkedHashMap<>();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    Discovery(List<Folder> folders) {
        folders.forEach(folder -> {
            listers.put(folder.source(), folder.lister());
            stores.put(folder.source(), folder.store());
        });
    }

    /**
     * What a look into one folder found.
     *
     * @param source whose folder it is
     * @param readable whether the folder itself could be read; nothing is known otherwise
     * @param files the files, by path
     * @param problems what could not be read, for people
     */
    record Listing(String source, boolean readable, Collection<FileRef> files, List<String> problems) {}

    /** One listing for every folder that is still looked at, in the order of the configuration. */
    @Override
    public List<Listing> call() {
        List<Listing> listings = new ArrayList<>();
        listers.forEach((source, lister) -> {
            if (!closed.contains(source)) {
                listings.add(list(source, lister));
            }
        });
        return listings;
    }

    private static Listing list(String source, FileLister lister) {
        try {
            Collection<FileRef> files = lister.list().values();
            return new Listing(source, true, files, List.copyOf(lister.unreadable()));
        } catch (IOException failed) {
            return new Listing(source, false, List.of(), List.of(failed.toString()));
        }
    }

    /** The source's folder has been read once and is not followed. */
    void close(String source) {
        closed.add(source);
    }

    boolean isGone(FileRef file) {
        FileLister lister = listers.get(file.source());
        return lister != null && lister.isGone(file);
    }

    /**
     * Deletes files that are still as they were when they were read; one that has changed since is news.
     *
     * @return what could not be deleted, for people
     */
    List<String> delete(Collection<FileRef> files) {
        List<String> problems = new ArrayList<>();
        for (FileRef file : files) {
            try {
                deleteUnchanged(file);
            } catch (IOException failed) {
                problems.add(failed.toString());
            }
        }
        return problems;
    }

    private void deleteUnchanged(FileRef file) throws IOException {
        FileStore store = stores.get(file.source());
        Optional<FileStore.Entry> now = store.stat(file.path());
        FileStore.Entry then = new FileStore.Entry(file.path(), file.sizeBytes(), file.modifiedMillis());
        if (now.equals(Optional.of(then))) {
            store.delete(file.path());
        }
    }
}
