package org.alluvium.flink.takedown;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.LogEntry.Rewrite;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.StoredObject;
import org.alluvium.contracts.takedown.TakedownWatch;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.ingest.deadletter.ReplayFolder;

/**
 * Takes documents out of a corpus whose ingest may be running. In this order, so that a kill at any moment leaves nothing but
 * work to be done again:
 *
 * <ol>
 *   <li>{@link #order} appends the takedown. From then on it holds: no commit names such a record, no step learns from one.
 *   <li>{@link #carryOut} looks for what is in files. Later entries need not be looked at, since the committer does not name
 *       such records. Files are written again beside the old ones, and read again.
 *   <li>An entry says which file has taken the place of which. Whoever opens a shard asks for what it is now.
 *   <li>The old files are destroyed.
 * </ol>
 *
 * <p>Of two that carry out at the same time one appends its entry first; the other finds that, throws its own files away and
 * begins again with what is left to do. Not thread-safe.
 */
public final class Sweep {

    private static final List<String> PREFIXES = List.of(
            CorpusLayout.SHARDS_PREFIX,
            CorpusLayout.DEAD_LETTERS_PREFIX,
            CorpusLayout.REJECTS_PREFIX,
            CorpusLayout.CHANGES_PREFIX);

    private final CorpusLayout corpus;
    private final ShardLog log;
    private final TakedownWatch watch;
    private final Cleaner cleaner;
    private final InstantSource clock;

    /**
     * @param cleaner of the same corpus
     * @param clock dates entries
     */
    public Sweep(CorpusLayout corpus, Cleaner cleaner, InstantSource clock) {
        this.corpus = corpus;
        this.log = StoreShardLog.of(corpus);
        this.watch = new TakedownWatch(log);
        this.cleaner = cleaner;
        this.clock = clock;
    }

    /** Hears how far it is. */
    public interface Listener {

        /** So many of the log's entries were looked at. */
        void at(long done, long all);

        /** A row was found that is out; called again for it if the search has to begin again, after {@link #again}. */
        void found(TakenRow row);

        /** Somebody else has carried out a takedown meanwhile: what was found before does not count. */
        void again();

        /** Everything was found; nothing was replaced or destroyed yet. */
        void beforeReplacing(Counts counts);
    }

    /**
     * What was written again.
     *
     * @param documents rows that became holes
     * @param shards that had such rows
     * @param letters files of dead letters
     * @param rejects files of rejects
     * @param changes files of changes
     * @param replayed letters that had been fed back
     */
    public record Counts(long documents, long shards, long letters, long rejects, long changes, long replayed) {}

    /** Appends a takedown, from which on it holds. */
    public Takedown order(List<Selector> selectors, String reason) {
        return append(last -> new Takedown(
                last.sequence() + 1,
                last.writerEpoch(),
                last.lineage(),
                selectors,
                reason,
                clock.instant(),
                History.after(last)));
    }

    private <T extends LogEntry> T append(Function<LogEntry, T> next) {
        while (true) {
            T entry = next.apply(last());
            if (log.tryAppend(entry)) {
                return entry;
            }
        }
    }

    private LogEntry last() {
        OptionalLong last = log.lastSequence();
        if (last.isEmpty()) {
            throw new UnavailableException(
                    "there is nothing to take down: the log has no entry",
                    corpus.toString(),
                    "Name the corpus that holds the documents");
        }
        return log.read(last.getAsLong());
    }

    /**
     * Carries out every takedown that is not yet, and finishes what a killed process has left.
     *
     * @return what was done; empty if there was nothing to do
     */
    public Optional<Counts> carryOut(Listener listener) {
        while (true) {
            Takedowns takedowns = watch.look();
            destroyReplaced(takedowns); // each time: whoever was first may have been killed since
            List<Takedown> open = takedowns.notCarriedOut();
            if (open.isEmpty()) {
                return Optional.empty();
            }
            Search search = new Search(takedowns, TakenOut.of(open), listener);
            search.throughEntriesBefore(open.get(open.size() - 1).sequence());
            Counts counts = search.counts(blankFedBack(search.all()));
            listener.beforeReplacing(counts);
            if (replace(takedowns, open.get(open.size() - 1).sequence(), search)) {
                return Optional.of(counts);
            }
            listener.again();
        }
    }

    /** Looks for the rows of documents without taking anything down; only {@link Listener#at} and {@code found} are called. */
    public void look(List<Selector> selectors, Listener listener) {
        Takedowns takedowns = watch.look();
        TakenOut out = TakenOut.NOTHING.and(selectors);
        long end = last().sequence() + 1;
        commitsBefore(end, commit -> {
            for (int i = 0; i < commit.shards().size(); i++) {
                int shard = i;
                cleaner.taken(takedowns.current(commit.shards().get(i)), out)
                        .forEach((row, document) ->
                                listener.found(TakenRow.of(commit.sequence(), shard, row, document)));
            }
            listener.at(commit.sequence() + 1, end);
        });
    }

    private void commitsBefore(long end, Consumer<Commit> visitor) {
        log.forEachFrom(0, entry -> {
            if (entry.sequence() < end && entry instanceof Commit commit) {
                visitor.accept(commit);
            }
        });
    }

    private long blankFedBack(TakenOut out) {
        return ReplayFolder.of(corpus).blank(letter -> Barred.by(out, letter));
    }

    /** False if another process has replaced files since the takedowns were read: then nothing was changed. */
    private boolean replace(Takedowns takedowns, long through, Search search) {
        while (true) {
            LogEntry last = last();
            if (!Takedowns.through(log, last).rewrites().equals(takedowns.rewrites())) {
                cleaner.destroy(search.newPaths());
                return false;
            }
            Rewrite rewrite = new Rewrite(
                    last.sequence() + 1,
                    last.writerEpoch(),
                    last.lineage(),
                    through,
                    search.shards,
                    search.records,
                    clock.instant(),
                    History.after(last));
            if (log.tryAppend(rewrite)) {
                cleaner.destroy(rewrite.shards().keySet());
                cleaner.destroy(rewrite.records().keySet());
                return true;
            }
        }
    }

    /** Deletes files that were replaced and are still there, since whoever replaced them was killed. */
    private void destroyReplaced(Takedowns takedowns) {
        Set<String> replaced = new HashSet<>();
        for (Rewrite rewrite : takedowns.rewrites()) {
            replaced.addAll(rewrite.shards().keySet());
            replaced.addAll(rewrite.records().keySet());
        }
        if (replaced.isEmpty()) {
            return;
        }
        for (String prefix : PREFIXES) {
            try {
                cleaner.destroy(corpus.store().describe(prefix).stream()
                        .map(StoredObject::key)
                        .filter(replaced::contains)
                        .toList());
            } catch (IOException e) {
                throw StorageException.of("list files that were replaced", Path.of(prefix), e);
            }
        }
    }

    /** A walk through the files of a log's entries, and what was found and written on the way. */
    private final class Search {

        private final Takedowns takedowns;
        private final TakenOut out;
        private final Listener listener;
        private final Map<String, ShardFile> shards = new TreeMap<>();
        private final Map<String, RecordFile> records = new TreeMap<>();
        private final Set<Selector.Id> found = new HashSet<>();
        private long documents;
        private long letters;
        private long rejects;
        private long changes;

        Search(Takedowns takedowns, TakenOut out, Listener listener) {
            this.takedowns = takedowns;
            this.out = out;
            this.listener = listener;
        }

        /** Rows first, as they tell which documents the other records are looked for by. */
        void throughEntriesBefore(long end) {
            commitsBefore(end, commit -> {
                for (int i = 0; i < commit.shards().size(); i++) {
                    look(commit.sequence(), i, takedowns.current(commit.shards().get(i)));
                }
                listener.at(commit.sequence() + 1, end);
            });
            TakenOut all = all();
            commitsBefore(end, commit -> look(commit, all));
        }

        /** What is out, and the documents that were found. */
        TakenOut all() {
            return out.and(found);
        }

        private void look(Commit commit, TakenOut all) {
            letters += look(commit.deadLetters(), file -> cleaner.letters(file, commit.createdAt(), all));
            rejects += look(commit.rejects(), file -> cleaner.rejects(file, all));
            changes += look(commit.changes(), file -> cleaner.changes(file, all));
        }

        private void look(long entry, int index, ShardFile shard) {
            cleaner.shard(shard, out, Cleaner.Rows.LEAVE_HOLES).ifPresent(clean -> {
                shards.put(shard.path(), clean.file());
                clean.taken().forEach((row, document) -> listener.found(TakenRow.of(entry, index, row, document)));
                documents += clean.taken().size();
                found.addAll(clean.documents(out));
            });
        }

        private long look(List<RecordFile> files, Function<RecordFile, Optional<RecordFile>> clean) {
            long written = 0;
            for (RecordFile named : files) {
                RecordFile file = takedowns.current(named);
                Optional<RecordFile> other = clean.apply(file);
                other.ifPresent(replacement -> records.put(file.path(), replacement));
                written += other.isPresent() ? 1 : 0;
            }
            return written;
        }

        List<String> newPaths() {
            List<String> paths = new ArrayList<>();
            shards.values().forEach(file -> paths.add(file.path()));
            records.values().forEach(file -> paths.add(file.path()));
            return paths;
        }

        Counts counts(long replayed) {
            return new Counts(documents, shards.size(), letters, rejects, changes, replayed);
        }
    }
}
