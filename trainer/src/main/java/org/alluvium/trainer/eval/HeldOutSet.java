package org.alluvium.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.trainer.data.FamilyReading;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Selection;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.TrainingDocument;

/**
 * The first held-out documents of the log that a run reads, in its order; each once, whatever its {@code repeat}. While the log is short the set
 * grows with it; once it is complete it never changes. Used by one thread.
 */
public final class HeldOutSet {

    private final ShardLog log;
    private final ShardOpener opener;
    private final HeldOutSplit split;
    private final FamilyReading families;
    private final TakenOut out;
    private final int size;
    private final List<TrainingDocument> documents = new ArrayList<>();
    private long nextSequence;

    /**
     * A set without what is taken down by now.
     *
     * @param selection what the run reads of the log
     * @param size documents of a complete set
     */
    public HeldOutSet(ShardLog log, ShardOpener opener, HeldOutSplit split, Selection selection, int size) {
        this.log = log;
        this.opener = opener;
        this.split = split;
        this.families = FamilyReading.from(log, 0, selection);
        this.out = opener.files().takedowns().out();
        this.size = size;
    }

    /** The set as far as the log reaches now; reads the log on from where it was read last, and does not wait. */
    public List<TrainingDocument> documents() {
        while (split.permille() > 0 && documents.size() < size) {
            Optional<LogEntry> entry = log.find(nextSequence);
            if (entry.isEmpty()) {
                break;
            }
            if (families.reads(entry.get()) && entry.get() instanceof LogEntry.Commit commit) {
                for (int shard = 0; shard < commit.shards().size(); shard++) {
                    collect(commit, shard);
                }
            }
            nextSequence++;
        }
        return List.copyOf(documents);
    }

    private void collect(LogEntry.Commit commit, int shard) {
        if (documents.size() == size) {
            return;
        }
        try (ShardReader rows = opener.open(commit.shards().get(shard))) {
            while (rows.hasNext() && documents.size() < size) {
                ShardRow row = rows.next();
                if (split.holdsOut(row.contentHash()) && !out.has(row)) {
                    documents.add(TrainingDocument.of(row, commit, shard, rows.position() - 1));
                }
            }
        }
    }
}
