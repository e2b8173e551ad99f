package org.alluvium.trainer.days;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.trainer.data.FamilyReading;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Position;
import org.alluvium.trainer.data.Selection;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.days.Dated.By;

/**
 * Held-out documents of every day of a log, as far as it reaches, each once: of each stratum the so many with the smallest
 * hashes, which are as good as drawn by chance (a bottom-k sample; Cohen and Kaplan, 2007). So what a stratum has depends neither
 * on the order of the log nor on how often it was read on, only new documents of the same period change it, and one that was
 * taken down gives its place to the next. Used by one thread.
 */
public final class HeldOutDays {

    /** Hears of each row as it is read. */
    public interface Listener {

        /** Hears nothing. */
        Listener NONE = (row, commit, at) -> {};

        /** A row was read, which stands at that place. */
        void row(ShardRow row, LogEntry.Commit commit, Position at);

        /** All rows of a commit were read. */
        default void read(LogEntry.Commit commit) {}
    }

    private record Place(ContentHash hash, Position position) {}

    private static final Comparator<Place> ORDER = Comparator.<Place>comparingLong(
                    place -> place.hash().low())
            .thenComparingLong(place -> place.hash().high())
            .thenComparing(Place::position);

    private final ShardLog log;
    private final ShardOpener opener;
    private final HeldOutSplit split;
    private final FamilyReading families;
    private final TakenOut out;
    private final int most;
    private final Map<By, Periods> periods = new EnumMap<>(By.class);
    private SortedMap<Stratum, NavigableMap<Place, TrainingDocument>> strata = new TreeMap<>();
    private long nextSequence;

    /**
     * Documents without those that are taken down by now.
     *
     * @param selection what the run reads of the log
     * @param most documents of a stratum
     */
    public HeldOutDays(ShardLog log, ShardOpener opener, HeldOutSplit split, Selection selection, int most) {
        this.log = log;
        this.opener = opener;
        this.split = split;
        this.families = FamilyReading.from(log, 0, selection);
        this.out = opener.files().takedowns().out();
        this.most = most;
    }

    /** Reads the log on from where it was read last, up to where it ends now. */
    public void readOn(Listener listener) {
        Optional<LogEntry> entry = log.find(nextSequence);
        while (entry.isPresent()) {
            if (families.reads(entry.get()) && entry.get() instanceof LogEntry.Commit commit) {
                for (int shard = 0; shard < commit.shards().size(); shard++) {
                    read(commit, shard, listener);
                }
                listener.read(commit);
            }
            nextSequence++;
            entry = log.find(nextSequence);
        }
    }

    private void read(LogEntry.Commit commit, int shard, Listener listener) {
        ShardFile file = commit.shards().get(shard);
        try (ShardReader rows = opener.open(file)) {
            for (long number = 0; rows.hasNext(); number++) {
                ShardRow row = rows.next();
                Position at = new Position(commit.sequence(), shard, number, 0);
                listener.row(row, commit, at);
                if (split.holdsOut(row.contentHash()) && row.tokenCount() > 0 && !out.has(row)) {
                    add(TrainingDocument.of(row, commit, shard, number), at);
                }
            }
        }
    }

    private void add(TrainingDocument document, Position at) {
        Dated dated = Dated.of(document.times());
        Periods known = periods.get(dated.by());
        if (known == null || known.newest().isBefore(dated.day())) {
            periods.put(dated.by(), new Periods(dated.day()));
            join();
        }
        put(strata, stratum(dated), new Place(document.contentHash(), at), document);
    }

    /** What was kept of shorter periods has what is to be kept of those that they are joined to. */
    private void join() {
        SortedMap<Stratum, NavigableMap<Place, TrainingDocument>> joined = new TreeMap<>();
        strata.values()
                .forEach(kept -> kept.forEach(
                        (place, document) -> put(joined, stratum(Dated.of(document.times())), place, document)));
        strata = joined;
    }

    private void put(
            Map<Stratum, NavigableMap<Place, TrainingDocument>> into,
            Stratum stratum,
            Place place,
            TrainingDocument document) {
        NavigableMap<Place, TrainingDocument> kept = into.computeIfAbsent(stratum, name -> new TreeMap<>(ORDER));
        kept.put(place, document);
        if (kept.size() > most) {
            kept.pollLastEntry();
        }
    }

    private Stratum stratum(Dated dated) {
        return new Stratum(dated.by(), periods.get(dated.by()).of(dated.day()));
    }

    /** Number of the first log entry that was not there yet. */
    public long nextSequence() {
        return nextSequence;
    }

    /** The documents by stratum, in the order of their hashes. */
    public SortedMap<Stratum, List<TrainingDocument>> documents() {
        SortedMap<Stratum, List<TrainingDocument>> documents = new TreeMap<>();
        strata.forEach((stratum, kept) -> documents.put(stratum, List.copyOf(kept.values())));
        return Collections.unmodifiableSortedMap(documents);
    }
}
