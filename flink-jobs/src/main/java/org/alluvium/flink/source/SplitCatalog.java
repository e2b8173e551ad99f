package org.alluvium.flink.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;

/**
 * Decides what is read and in which order: a state machine without clock, threads or file system. Not thread-safe.
 *
 * <p><b>Order.</b> A file that is found, and later what it has grown by, becomes a split. Splits are numbered in the order
 * in which files are given to {@link #discover}, and the smallest number is always handed out first, even among splits
 * that come back after a failure. So one reader reads the same sequence of records however often it is restored.
 *
 * <p><b>Memory.</b> A file is remembered as long as it exists, or else it would be read again; that takes some 100 bytes
 * and its path. State is therefore bounded by the number of files in the folders, not by the number ever read: who moves
 * or deletes files that have been read keeps it small. A file that comes back under the path of a forgotten one is new.
 */
final class SplitCatalog {

    private record Key(String source, String path) {
        static Key of(FileRef file) {
            return new Key(file.source(), file.path());
        }
    }

    /** A state of a file that is not trusted yet, and when it was first seen. */
    private record Settling(FileRef file, Instant since) {}

    private final Duration settle;
    private final TreeMap<Long, FileSplit> pending = new TreeMap<>();
    private final Map<Key, KnownFile> known = new LinkedHashMap<>();
    private long nextSequence;

    /** Lost with the process, which only makes files settle once more. */
    private Map<Key, Settling> settling = Map.of();

    /** @param settle how long size and time of change must be still before a file is read */
    SplitCatalog(CatalogState state, Duration settle) {
        this.settle = settle;
        this.nextSequence = state.nextSequence();
        state.pending().forEach(split -> pending.put(split.sequence(), split));
        state.known().forEach(file -> known.put(Key.of(file.file()), file));
    }

    /** Makes splits of what is new, in the order given. What is being read is not looked at until it has been. */
    void discover(Collection<FileRef> present, Instant now) {
        Map<Key, Settling> stillSettling = new HashMap<>();
        for (FileRef file : present) {
            Key key = Key.of(file);
            Optional<KnownFile> before = Optional.ofNullable(known.get(key));
            if (before.isPresent() && !isNews(before.get(), file)) {
                continue;
            }
            Settling state = Optional.ofNullable(settling.get(key))
                    .filter(last -> last.file().equals(file))
                    .orElseGet(() -> new Settling(file, now));
            if (now.isBefore(state.since().plus(settle))) {
                stillSettling.put(key, state);
            } else {
                add(file, before.map(KnownFile::progress).orElse(ReadProgress.START));
            }
        }
        settling = stillSettling;
    }

    private static boolean isNews(KnownFile before, FileRef file) {
        return before.split().isEmpty()
                && before.progress().status() != Status.REFUSED
                && !before.file().equals(file);
    }

    private void add(FileRef file, ReadProgress progress) {
        FileSplit split = new FileSplit(nextSequence++, file, progress.withStatus(Status.OPEN));
        pending.put(split.sequence(), split);
        known.put(Key.of(file), new KnownFile(file, progress, OptionalLong.of(split.sequence())));
    }

    /**
     * Forgets files that were read and exist no longer. A folder in which nothing is left at all is taken for one that is
     * not mounted, and forgets nothing.
     *
     * @param source the source that was listed
     * @param present what was found in it
     * @param isGone asked for each file that was not found
     */
    void forget(String source, Collection<FileRef> present, Predicate<FileRef> isGone) {
        if (present.isEmpty()) {
            return;
        }
        Set<String> paths = new HashSet<>();
        present.forEach(file -> paths.add(file.path()));
        known.values()
                .removeIf(file -> file.file().source().equals(source)
                        && file.split().isEmpty()
                        && !paths.contains(file.file().path())
                        && isGone.test(file.file()));
    }

    /** Takes the pending split with the smallest number. */
    Optional<FileSplit> next() {
        return Optional.ofNullable(pending.pollFirstEntry()).map(Map.Entry::getValue);
    }

    /** Takes splits back whose reader has failed. */
    void putBack(Collection<FileSplit> splits) {
        splits.forEach(split -> pending.put(split.sequence(), split));
    }

    /**
     * Notes how far a split's file was read. A split that is read again after a failure may be reported twice; what is
     * reported of it when its file already has a later split changes nothing.
     */
    void finished(FileSplit split) {
        known.computeIfPresent(Key.of(split.file()), (key, file) -> {
            boolean current = file.split().equals(OptionalLong.of(split.sequence()));
            return current ? new KnownFile(file.file(), split.progress(), OptionalLong.empty()) : file;
        });
    }

    /** Whether some file of the source was found that has not been still for long enough. */
    boolean isSettling(String source) {
        return settling.keySet().stream().anyMatch(key -> key.source().equals(source));
    }

    int pendingSplits() {
        return pending.size();
    }

    /** Length of the files of pending splits, compressed as they are, without what has been read of them. */
    long pendingBytes() {
        return pending.values().stream()
                .mapToLong(split ->
                        Math.max(0, split.file().sizeBytes() - split.progress().offset()))
                .sum();
    }

    int knownFiles() {
        return known.size();
    }

    CatalogState state() {
        return new CatalogState(nextSequence, new ArrayList<>(pending.values()), new ArrayList<>(known.values()));
    }
}
