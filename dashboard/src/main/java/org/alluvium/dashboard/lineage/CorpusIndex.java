package org.alluvium.dashboard.lineage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.Rewrite;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.dashboard.index.HashIndex;
import org.alluvium.dashboard.index.HashIndex.Saved;
import org.alluvium.dashboard.index.Mark;
import org.alluvium.dashboard.index.NameHash;

/**
 * Where the records of a corpus lie that have a name, be it an id, an address, an origin or a content hash: rows of shards, rejects, dead
 * letters and changes. It holds hashes and places, neither names nor texts; whoever asks has to look whether the record has the name.
 *
 * <p>It is derived from the files that the log names, and follows the log when it is told to. When a takedown has put files in the place of others,
 * it forgets the names in these and reads the new ones. Thread-safe, and for several processes.
 */
public final class CorpusIndex {

    private static final int SAVE_AT = 1 << 20;

    /** Fewer are read again by the next process sooner than they are saved. */
    private static final int WORTH_SAVING = 1 << 14;

    private final StoreShardLog log;
    private final CorpusRecords records;

    // Guarded by this object's monitor.
    private final HashIndex index;
    private FileTable files;

    CorpusIndex(CorpusLayout corpus, CorpusRecords records) {
        this.log = StoreShardLog.of(corpus);
        this.records = records;
        index = new HashIndex(corpus.index());
        files = new FileTable(index);
    }

    /** What a record is. */
    public enum Kind {
        ROW(0),
        REJECT(1),
        DEAD_LETTER(2),
        CHANGE(3);

        /** What stands for it in files. */
        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Kind of(int code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code == code)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A record.
     *
     * @param kind what it is
     * @param at the log entry, the file among those of its kind in it, and the place in the file
     */
    public record Place(Kind kind, RowPlace at) {}

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {

        /** So many log entries were read of those that there were at the beginning. */
        void at(long done, long all, long records);
    }

    /**
     * How it stands.
     *
     * @param entries of the log that are in it
     * @param records that are
     * @param names of them
     * @param unread files that were not there, or damaged
     * @param bytes of its files
     * @param kept whether it can have files: if its folder may not be written, it is in memory alone
     */
    public record State(long entries, long records, long names, long unread, long bytes, boolean kept) {}

    public synchronized State state() {
        long unread = 0;
        for (int file = 0; file < files.files(); file++) {
            unread += files.isUnread(file) ? 1 : 0;
        }
        return new State(
                index.mark().next(), index.mark().values(), index.records(), unread, index.bytes(), index.isWritable());
    }

    /** Forgets all, so that all is read again. */
    public synchronized void clear() {
        index.clear();
        files = new FileTable(index);
    }

    /** Whether its files are as they were written. */
    public synchronized boolean isWhole() {
        return index.isWhole();
    }

    /**
     * Follows the log.
     *
     * @param most records to read for now; a log entry that has been begun is read to its end
     * @return whether nothing is left to read
     */
    public synchronized boolean follow(long most, Listener listener) {
        Optional<String> identity = identify();
        boolean all = identity.isEmpty();
        for (boolean done = all; !done; ) {
            Takedowns takedowns = records.takedowns();
            boolean forgot = forget(takedowns);
            all = readOn(identity.get(), takedowns, most, listener);
            done = !forgot || save(WORTH_SAVING);
        }
        return all;
    }

    /**
     * Forgets what was taken down since it followed the log last, in its files too; reads nothing else.
     *
     * @return false if another process is saving it, which forgets it with its next question
     */
    public synchronized boolean forget() {
        identify();
        return forget(records.takedowns());
    }

    /** Saves what is in memory, if it is more than a few. */
    private boolean save(int atLeast) {
        if (index.unsaved() < atLeast) {
            return true;
        }
        boolean overtaken = index.save() == Saved.OVERTAKEN;
        files = new FileTable(index);
        return !overtaken;
    }

    /** Saves all, however little it is; false if another process is at it. */
    public synchronized boolean save() {
        Saved saved = index.save();
        files = new FileTable(index);
        return saved == Saved.YES;
    }

    /** Places of records that may have a name, in the order of the log. */
    public synchronized List<Place> find(String name) {
        LongStream.Builder found = LongStream.builder();
        index.find(NameHash.of(name), found);
        return found.build().distinct().sorted().mapToObj(files::place).toList();
    }

    /** What tells the log from another; an index of another one is forgotten. */
    private Optional<String> identify() {
        Optional<String> identity = log.find(0).isEmpty()
                ? Optional.empty()
                : Optional.of(log.stored(0).leaf());
        if (!identity.orElse("").equals(index.mark().of())) {
            index.clear();
            files = new FileTable(index);
        }
        return identity;
    }

    /** Reads on, and says whether that was all. */
    private boolean readOn(String identity, Takedowns takedowns, long most, Listener listener) {
        if (log.find(index.mark().next()).isEmpty()) {
            return true;
        }
        boolean all = readEntries(identity, takedowns, most, listener);
        files = new FileTable(index);
        return all;
    }

    private boolean readEntries(String identity, Takedowns takedowns, long most, Listener listener) {
        long begin = index.mark().values();
        long through = index.mark().next() == 0
                ? newestRewrite(takedowns)
                : index.mark().through();
        long all = log.lastSequenceFrom(index.mark().next()).orElseThrow() + 1;
        for (long next = index.mark().next(); next < all; next = index.mark().next()) {
            if (index.mark().values() - begin >= most) {
                return false;
            }
            long number = index.mark().values();
            if (log.read(next) instanceof Commit commit) {
                for (NamedFile file : NamedFile.of(commit)) {
                    add(file, number);
                    number += file.records();
                }
            }
            index.reach(new Mark(next + 1, number, through, identity));
            listener.at(next + 1, all, number);
            save(SAVE_AT);
        }
        return true;
    }

    private void add(NamedFile file, long first) {
        boolean read = records.names(file, (record, name) -> index.add(NameHash.of(name), first + record));
        Place begin = new Place(file.kind(), new RowPlace(file.entry(), file.index(), 0));
        FileTable.note(index, first, begin, file.path(), !read);
    }

    private static long newestRewrite(Takedowns takedowns) {
        return takedowns.rewrites().isEmpty()
                ? -1
                : takedowns.rewrites().getLast().sequence();
    }

    /** Forgets what files had that were replaced since, and reads what has replaced them; false if another process is at it. */
    private boolean forget(Takedowns takedowns) {
        long newest = newestRewrite(takedowns);
        if (index.mark().next() == 0 || newest <= index.mark().through()) {
            return true;
        }
        Set<Long> replaced = replaced(takedowns, index.mark().through());
        Set<Integer> forgotten = new HashSet<>();
        for (int file = 0; file < files.files(); file++) {
            if (replaced.contains(files.pathHash(file))) {
                forgotten.add(file);
                readAgain(file);
            }
        }
        if (!index.isWritable()) {
            // What memory has of the old files leads nowhere, and the files are another user's to write again.
            Mark mark = index.mark();
            index.reach(new Mark(mark.next(), mark.values(), newest, mark.of()));
            return true;
        }
        FileTable before = files;
        Saved saved = index.save(value -> !forgotten.contains(before.fileOf(value)), newest);
        if (saved != Saved.YES) {
            index.reload();
        }
        files = new FileTable(index);
        return saved == Saved.YES;
    }

    private void readAgain(int file) {
        Commit commit = (Commit) log.read(files.entry(file));
        NamedFile named = NamedFile.of(commit).stream()
                .filter(each -> each.kind() == files.kind(file) && each.index() == files.indexInEntry(file))
                .findFirst()
                .orElseThrow();
        long first = files.first(file);
        records.names(named, (record, name) -> index.add(NameHash.of(name), first + record));
    }

    /** Hashes of the paths, as commits have them, of files that rewrites after one have replaced. */
    private static Set<Long> replaced(Takedowns takedowns, long after) {
        Map<String, String> named = new HashMap<>(); // by the paths of what they have become
        Set<Long> hashes = new HashSet<>();
        for (Rewrite rewrite : takedowns.rewrites()) {
            Map<String, String> paths = new HashMap<>();
            rewrite.shards().forEach((from, to) -> paths.put(from, to.path()));
            rewrite.records().forEach((from, to) -> paths.put(from, to.path()));
            paths.forEach((from, to) -> {
                String origin = named.getOrDefault(from, from);
                named.put(to, origin);
                if (rewrite.sequence() > after) {
                    hashes.add(NameHash.of(origin));
                }
            });
        }
        return hashes;
    }
}
