package org.alluvium.flink.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.ingest.file.FileLister;
import org.alluvium.ingest.file.FileRef;

/** Looks into the folders. Called by one thread at a time; what is not looked at any more may be said by another. */
final class Discovery implements Callable<List<Discovery.Listing>> {

    private final Map<String, FileLister> listers = new LinkedHashMap<>();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    Discovery(List<Folder> folders) {
        folders.forEach(folder -> listers.put(folder.source(), folder.lister()));
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
}
