package org.alluvium.flink.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.alluvium.ingest.file.FileRecordReader;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.Framing;

/**
 * Decides what is read and in which order: a state machine without clock, threads or file system. Not thread-safe.
 *
 * <p><b>Order.</b> A file that is found becomes a split, or one for each of its parts if it is large, and what it has grown
 * by later another. Splits are numbered in the order in which files are given to {@link #discover}, and the smallest number
 * is always handed out first, even among splits that come back after a failure; only a source that rests is passed over. So
 * one reader reads the same sequence of records however often it is restored.
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

    private final Map<String, PickupRules> rules;
    private final PendingSplits pending = new PendingSplits();
    private final Map<Key, KnownFile> known = new LinkedHashMap<>();
    private long nextSequence;

    /** Lost with the process, which only makes files settle once more. */
    private Map<Key, Settling> settling = Map.of();

    /** @param rules how files are taken, by source; only files of these sources are discovered */
    SplitCatalog(CatalogState state, Map<String, PickupRules> rules) {
        this.rules = Map.copyOf(rules);
        this.nextSequence = state.nextSequence();
        state.pending().forEach(pending::add);
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
            Duration settle = rules.get(file.source()).settle();
            Settling state = Optional.ofNullable(settling.get(key))
                    .filter(last -> last.file().equals(file))
                    .orElseGet(() -> new Settling(file, now));
            if (now.isBefore(state.since().plus(settle))) {
                stillSettling.put(key, state);
            } else {
                add(file, before);
            }
        }
        settling = stillSettling;
    }

    private boolean isNews(KnownFile before, FileRef file) {
        boolean refused = before.progress().status() == Status.REFUSED;
        return !before.isBeingRead()
                && !before.file().equals(file)
                && (!refused || rules.get(file.source()).readsAnew());
    }

    private void add(FileRef file, Optional<KnownFile> before) {
        PickupRules taken = rules.get(file.source());
        boolean readsOn = before.isPresent() && !taken.readsAnew();
        long start = readsOn ? before.get().start() : 0;
        ReadProgress progress = readsOn ? before.get().progress().withStatus(Status.OPEN) : ReadProgress.START;
        List<Framing.Range> ranges = readsOn ? List.of(new Framing.Range(start, file.sizeBytes())) : cut(file, taken);
        TreeSet<Long> sequences = new TreeSet<>();
        for (Framing.Range range : ranges) {
            sequences.add(nextSequence);
            pending.add(new FileSplit(nextSequence++, file, range, progress));
        }
        known.put(Key.of(file), new KnownFile(file, start, progress, sequences));
    }

    private static List<Framing.Range> cut(FileRef file, PickupRules taken) {
        long size = file.sizeBytes();
        if (size <= taken.splitBytes() || !FileRecordReader.canBeCut(file.path(), taken.framing())) {
            return List.of(new Framing.Range(0, size));
        }
        List<Framing.Range> ranges = new ArrayList<>();
        for (long start = 0; start < size; start += taken.splitBytes()) {
            ranges.add(new Framing.Range(start, Math.min(size, start + taken.splitBytes())));
        }
        return ranges;
    }

    /**
     * Forgets files that were read and exist no longer. A folder in which nothing is left at all is taken for one that is
     * not mounted, and forgets nothing, unless it is emptied by deleting what was read.
     *
     * @param source the source that was listed
     * @param present what was found in it
     * @param isGone asked for each file that was not found
     */
    void forget(String source, Collection<FileRef> present, Predicate<FileRef> isGone) {
        if (present.isEmpty() && !rules.get(source).deletes()) {
            return;
        }
        Set<String> paths = new HashSet<>();
        present.forEach(file -> paths.add(file.path()));
        known.values()
                .removeIf(file -> file.file().source().equals(source)
                        && !file.isBeingRead()
                        && !paths.contains(file.file().path())
                        && isGone.test(file.file()));
    }

    /** Takes the pending split with the smallest number of all sources but the given. */
    Optional<FileSplit> next(Set<String> except) {
        return pending.poll(except);
    }

    /** Takes splits back whose reader has failed. */
    void putBack(Collection<FileSplit> splits) {
        splits.forEach(pending::add);
    }

    /** Notes how far a split was read. */
    void finished(FileSplit split) {
        known.computeIfPresent(Key.of(split.file()), (key, file) -> file.finished(split));
    }

    /** Files that were read to their end, of sources whose files are deleted then. */
    List<FileRef> deletable() {
        return known.values().stream()
                .filter(file -> !file.isBeingRead() && file.progress().status() == Status.FINISHED)
                .map(KnownFile::file)
                .filter(file -> Optional.ofNullable(rules.get(file.source()))
                        .filter(PickupRules::deletes)
                        .isPresent())
                .toList();
    }

    /** Whether some file of the source was found that has not been still for long enough. */
    boolean isSettling(String source) {
        return settling.keySet().stream().anyMatch(key -> key.source().equals(source));
    }

    int pendingSplits() {
        return pending.size();
    }

    /** What of the source nobody has taken. */
    PendingSplits.Backlog backlog(String source) {
        return pending.backlog(source);
    }

    int knownFiles() {
        return known.size();
    }

    CatalogState state() {
        return new CatalogState(nextSequence, pending.all(), new ArrayList<>(known.values()));
    }
}
