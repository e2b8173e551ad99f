package org.alluvium.flink.takedown;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.flink.types.Written;
import org.alluvium.ingest.record.SkipReason;

/**
 * Stands between what writers have written and the log: takes out of their files what was taken down while they were written.
 * Needed only where a takedown and a commit come together, so it may take its time.
 */
public interface CommitGate {

    /** Keeps everything, for logs without takedowns. */
    CommitGate OPEN = (written, out) -> new Passed(written, List.of());

    /**
     * What may be published.
     *
     * @param written the same without what is out
     * @param replaced paths of files that are not in it any more, to be destroyed when it is published
     */
    record Passed(Written written, List<String> replaced) {}

    /** What was written, without what is out. */
    Passed pass(Written written, TakenOut out);

    /** A gate that writes files again. */
    static CommitGate cleaning(Cleaner cleaner) {
        return (written, out) -> clean(cleaner, written, out);
    }

    private static Passed clean(Cleaner cleaner, Written written, TakenOut out) {
        List<String> replaced = new ArrayList<>();
        List<ShardFile> shards = new ArrayList<>();
        Set<Selector.Id> documents = new HashSet<>();
        long taken = 0;
        for (ShardFile shard : written.shards()) {
            Optional<Cleaner.CleanShard> clean = cleaner.shard(shard, out, Cleaner.Rows.VANISH);
            if (clean.isPresent()) {
                replaced.add(shard.path());
                taken += clean.get().taken().size();
                documents.addAll(clean.get().documents(out));
            }
            ShardFile kept = clean.map(Cleaner.CleanShard::file).orElse(shard);
            if (kept.rows() > 0) {
                shards.add(kept);
            } else {
                replaced.add(kept.path());
            }
        }
        TakenOut all = out.and(documents);
        Written passed = new Written(
                shards,
                clean(written.deadLetters(), file -> cleaner.letters(file, Instant.EPOCH, all), replaced),
                clean(written.rejects(), file -> cleaner.rejects(file, all), replaced),
                clean(written.changes(), file -> cleaner.changes(file, all), replaced),
                written.mixture(),
                written.positions(),
                written.funnel().plus(skipped(taken)),
                written.ages(),
                written.tokens(),
                written.takedowns());
        return new Passed(passed, replaced);
    }

    private static List<RecordFile> clean(
            List<RecordFile> files, Function<RecordFile, Optional<RecordFile>> cleaner, List<String> replaced) {
        List<RecordFile> passed = new ArrayList<>();
        for (RecordFile file : files) {
            Optional<RecordFile> clean = cleaner.apply(file);
            if (clean.isPresent()) {
                replaced.add(file.path());
            }
            passed.add(clean.orElse(file));
        }
        return passed;
    }

    /** Documents that were accepted, and now are not. */
    private static Funnel skipped(long taken) {
        return taken == 0
                ? Funnel.EMPTY
                : new Funnel(0, -taken, Map.of(), Map.of(), Map.of(SkipReason.TAKEN_DOWN.code(), taken), 0, Map.of());
    }
}
