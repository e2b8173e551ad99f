package org.alluvium.dashboard.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.ProcessLock;

/**
 * A multimap from hashes to numbers, which grows, in a folder of files that never change (a log-structured merge tree: O'Neil et al.,
 * 1996, with tiers that double). What is added is in memory until it is {@linkplain #save saved}; a manifest, replaced at once, says
 * which files count, so that a process that dies leaves the index as it was saved last.
 *
 * <p>Several processes may use a folder. Each reads what it has opened; one at a time saves, and whoever finds that another one has saved
 * meanwhile takes that over and forgets what it had in memory, which its {@linkplain #mark mark} tells. Where nothing can be
 * written, all stays in memory. Not thread-safe.
 */
public final class HashIndex {

    private static final String LOCK = "lock";
    private static final String SUFFIX = ".idx";

    private final Path folder;
    private final Batch batch = new Batch();
    private IndexManifest manifest; // as the folder has it
    private List<IndexManifest.File> files = List.of();
    private List<Segment> segments = List.of(); // of the files
    private Mark mark = Mark.START;

    /** Opens the index of a folder, which need not be there; one that is not whole is taken for an empty one. */
    public HashIndex(Path folder) {
        this.folder = folder;
        reload();
    }

    /** How far it reaches, with what is in memory. */
    public Mark mark() {
        return mark;
    }

    /** Adds a number of a hash. */
    public void add(long hash, long value) {
        batch.add(hash, value);
    }

    /** Notes something that is given back with all other {@link #notes}. */
    public void note(long... words) {
        batch.note(words);
    }

    /** Says how far it reaches with all that was added. */
    public void reach(Mark now) {
        mark = now;
    }

    /** All that was noted, in that order. */
    public long[] notes() {
        return notes(segments);
    }

    private long[] notes(List<Segment> of) {
        return LongStream.concat(
                        of.stream().map(Segment::notes).flatMapToLong(LongStream::of), LongStream.of(batch.notes()))
                .toArray();
    }

    /** Gives the numbers of a hash, in no order. */
    public void find(long hash, LongConsumer found) {
        segments.forEach(segment -> segment.find(hash, found));
        batch.find(hash, found);
    }

    /** Records that are in memory alone. */
    public int unsaved() {
        return batch.size();
    }

    /** Records of all. */
    public long records() {
        return segments.stream().mapToLong(Segment::records).sum() + batch.size();
    }

    /** Bytes of its files. */
    public long bytes() {
        return files.stream().mapToLong(IndexManifest.File::bytes).sum();
    }

    /** Whether its folder may be written, so that it can be saved. */
    public boolean isWritable() {
        return Files.isWritable(existing(folder));
    }

    /** Forgets what is in memory, and opens what was saved last. */
    public void reload() {
        try {
            adopt(IndexManifest.read(folder));
        } catch (IOException e) {
            throw StorageException.of("read the index", folder, e);
        }
    }

    /** Forgets everything: what it is of is no more what it was. */
    public void clear() {
        files = List.of();
        segments = List.of();
        batch.clear();
        mark = Mark.START;
    }

    /** Whether the files are as they were written, by their checksums. */
    public boolean isWhole() {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).crc() != files.get(i).crc32c()) {
                return false;
            }
        }
        return true;
    }

    /** What came of saving. */
    public enum Saved {
        /** All is in files, or nothing can be written here. */
        YES,
        /** Another process is saving, and all is in memory as before. */
        BUSY,
        /** Another process has saved: its files are open now, what was in memory is forgotten, and the mark says where to read on. */
        OVERTAKEN
    }

    /** Saves what is in memory. */
    public Saved save() {
        return save(value -> true, mark.through());
    }

    /**
     * Saves what is in memory, without some of the numbers that are in files: these are written again.
     *
     * @param keep which numbers of those in files stay
     * @param through what the mark is to say
     */
    public Saved save(LongPredicate keep, long through) {
        boolean saved = batch.isEmpty() && mark.equals(manifest.mark()) && through == mark.through();
        if (saved || !isWritable()) {
            return Saved.YES;
        }
        try {
            Optional<ProcessLock> lock = ProcessLock.tryAcquire(folder.resolve(LOCK), "an index");
            if (lock.isEmpty()) {
                return Saved.BUSY;
            }
            try (ProcessLock _ = lock.get()) {
                return saveLocked(keep, through);
            }
        } catch (IOException e) {
            throw StorageException.of("save the index", folder, e);
        }
    }

    private Saved saveLocked(LongPredicate keep, long through) throws IOException {
        IndexManifest now = IndexManifest.read(folder);
        if (!now.equals(manifest)) {
            adopt(now);
            return Saved.OVERTAKEN;
        }
        boolean rewrite = through != mark.through();
        mark = new Mark(mark.next(), mark.values(), through, mark.of());
        int kept = rewrite ? 0 : untouched();
        List<IndexManifest.File> all = new ArrayList<>(files.subList(0, kept));
        List<Segment> opened = new ArrayList<>(segments.subList(0, kept));
        if (rewrite || !batch.isEmpty()) {
            Path file = folder.resolve((now.generation() + 1) + SUFFIX);
            Segment written = write(file, segments.subList(kept, segments.size()), keep);
            all.add(new IndexManifest.File(
                    file.getFileName().toString(), written.records(), Files.size(file), written.crc()));
            opened.add(written);
        }
        IndexManifest next = now.next(mark, all);
        next.write(folder);
        manifest = next;
        files = next.files();
        segments = List.copyOf(opened);
        batch.clear();
        sweep();
        return Saved.YES;
    }

    /** Writes a file of what is in memory, and of others that it is to replace. */
    private Segment write(Path file, List<Segment> others, LongPredicate keep) throws IOException {
        List<SegmentWriter.Part> parts = new ArrayList<>();
        others.forEach(other -> parts.add(new SegmentWriter.Part(other, keep)));
        parts.add(new SegmentWriter.Part(batch.sorted(), value -> true));
        Files.deleteIfExists(file); // of a process that died
        SegmentWriter.write(file, notes(others), parts);
        Durability.syncFolder(folder);
        return Segment.open(file);
    }

    /** How many of the oldest files stay as they are: those that are larger than all that comes after them. */
    private int untouched() {
        int kept = segments.size();
        long records = batch.size();
        while (kept > 0 && segments.get(kept - 1).records() <= records) {
            records += segments.get(--kept).records();
        }
        return kept;
    }

    /** Deletes files that do not count: of those before, and of processes that died. */
    private void sweep() throws IOException {
        List<String> named =
                manifest.files().stream().map(IndexManifest.File::name).toList();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && !named.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Opens what a manifest names. Another process may replace it meanwhile; then the newer one is opened. Where a file is gone or not whole,
     * there is nothing.
     */
    private void adopt(IndexManifest found) throws IOException {
        IndexManifest wanted = found;
        boolean whole = false;
        for (boolean read = false; !read; ) {
            try {
                segments = open(wanted);
                whole = true;
                read = true;
            } catch (NoSuchFileException | DataException notThere) {
                IndexManifest newer = IndexManifest.read(folder);
                read = newer.equals(wanted);
                wanted = newer;
            }
        }
        manifest = wanted;
        files = wanted.files();
        mark = wanted.mark();
        batch.clear();
        if (!whole) {
            clear();
        }
    }

    private List<Segment> open(IndexManifest wanted) throws IOException {
        List<Segment> opened = new ArrayList<>();
        for (IndexManifest.File file : wanted.files()) {
            opened.add(Segment.open(folder.resolve(file.name())));
        }
        return List.copyOf(opened);
    }

    private static Path existing(Path path) {
        Path at = path;
        while (!Files.exists(at)) {
            at = at.toAbsolutePath().getParent();
        }
        return at;
    }
}
