package org.alluvium.dashboard.lineage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.dashboard.lineage.StoredDocument.Place;
import org.alluvium.trainer.data.Position;

/** The shards that a log names, in its order; read once, and then what is appended. Thread-safe. */
final class ShardCatalog {

    private final StoreShardLog log;

    // Guarded by this object's monitor.
    private final List<Shard> shards = new ArrayList<>();
    private final Map<Place, Shard> byFirstRow = new HashMap<>();
    private long next;
    private long rows;

    ShardCatalog(CorpusLayout corpus) {
        log = StoreShardLog.of(corpus);
    }

    /**
     * A shard in the log.
     *
     * @param sequence of the entry
     * @param index within the entry
     * @param file what the entry says of it
     * @param committedAt when the entry was created
     * @param rowsBefore rows of all shards before it
     */
    record Shard(long sequence, int index, ShardFile file, Instant committedAt, long rowsBefore) {

        private Position begin() {
            return new Position(sequence, index, 0, 0);
        }

        private Position end() {
            return new Position(sequence, index, Long.MAX_VALUE, 0);
        }
    }

    /** All that may hold documents of a place in the log, likeliest first. */
    synchronized List<Shard> near(Whereabouts where) {
        readOn();
        List<Shard> possible = shards.stream()
                .filter(shard -> shard.end().compareTo(where.from()) >= 0
                        && where.to()
                                .map(to -> shard.begin().compareTo(to) <= 0)
                                .orElse(true))
                .toList();
        if (possible.isEmpty()) {
            return List.of();
        }
        long begin = possible.getFirst().rowsBefore();
        long end = possible.getLast().rowsBefore() + possible.getLast().file().rows();
        double likely = begin + where.share() * (end - begin);
        return possible.stream()
                .sorted(Comparator.comparingDouble(shard -> distance(shard, likely)))
                .toList();
    }

    private static double distance(Shard shard, double row) {
        return Math.abs(shard.rowsBefore() + shard.file().rows() / 2.0 - row);
    }

    /** The shard that a place is in; empty if there is none. */
    synchronized Optional<Shard> find(Place place) {
        readOn();
        return Optional.ofNullable(byFirstRow.get(new Place(place.sequence(), place.shard(), 0)));
    }

    private void readOn() {
        Optional<LogEntry> entry = log.find(next);
        while (entry.isPresent()) {
            if (entry.get() instanceof LogEntry.Commit commit) {
                for (int i = 0; i < commit.shards().size(); i++) {
                    ShardFile file = commit.shards().get(i);
                    Shard shard = new Shard(commit.sequence(), i, file, commit.createdAt(), rows);
                    shards.add(shard);
                    byFirstRow.put(new Place(shard.sequence(), shard.index(), 0), shard);
                    rows += file.rows();
                }
            }
            next++;
            entry = log.find(next);
        }
    }
}
