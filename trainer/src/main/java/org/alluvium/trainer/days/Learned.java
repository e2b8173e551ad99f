package org.alluvium.trainer.days;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Position;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.days.Dated.By;

/**
 * From how many documents of each day a checkpoint had learned, as its cursor tells: those of the windows before, and all of the
 * window that it was in the middle of, since that is shuffled. Hears the rows in the log's order. Used by one thread.
 */
public final class Learned implements HeldOutDays.Listener {

    /** Where a stratum lies, seen from the newest day that was learned from. */
    public enum Side {
        BEFORE,
        NEWEST,
        AFTER
    }

    private final Cursor cursor;
    private final BatchPlan plan;
    private final HeldOutSplit split;
    private final TakenOut out;
    private final Map<By, NavigableMap<LocalDate, Long>> days = new EnumMap<>(By.class);
    private long ofWindow;
    private boolean over;

    /** @param out what the run passes over */
    public Learned(Cursor cursor, BatchPlan plan, TakenOut out) {
        this.cursor = cursor;
        this.plan = plan;
        this.split = new HeldOutSplit(plan.heldOutPermille());
        this.out = out;
    }

    @Override
    public void row(ShardRow row, LogEntry.Commit commit, Position at) {
        TrainingDocument document = TrainingDocument.of(row, commit, at.shard(), at.row());
        if (over
                || split.holdsOut(row.contentHash())
                || plan.selection().isTooOld(document)
                || !isReached(at, row.repeat())) {
            return;
        }
        if (row.tokenCount() > 0 && !out.has(row)) {
            Dated dated = Dated.of(document.times());
            days.computeIfAbsent(dated.by(), by -> new TreeMap<>()).merge(dated.day(), 1L, Long::sum);
        }
    }

    private boolean isReached(Position at, int repeat) {
        Position start = cursor.windowStart();
        Position afterRow = new Position(at.sequence(), at.shard(), at.row() + 1, 0);
        if (afterRow.compareTo(start) <= 0) {
            return true;
        }
        boolean begunBefore = at.compareTo(start) < 0; // the window before has some of the row's repetitions
        over = !inWindow() || ofWindow >= plan.window();
        ofWindow += repeat - (begunBefore ? start.repetition() : 0);
        return begunBefore || !over;
    }

    private boolean inWindow() {
        return cursor.documents() > 0 || cursor.offset() > 0;
    }

    @Override
    public void read(LogEntry.Commit commit) {
        over |= commit.endOfInput() && Position.startOf(commit.sequence() + 1).compareTo(cursor.windowStart()) > 0;
    }

    /** Documents of a stratum that were learned from. */
    public long documents(Stratum stratum) {
        Period period = stratum.period();
        return days
                .getOrDefault(stratum.by(), new TreeMap<>())
                .subMap(period.from(), true, period.to(), true)
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The newest day of publication that was learned from; empty if there is none. */
    public Optional<LocalDate> newestDay() {
        return newest(By.PUBLISHED);
    }

    private Optional<LocalDate> newest(By by) {
        return Optional.ofNullable(days.get(by)).map(NavigableMap::lastKey);
    }

    /** Where a stratum lies, seen from the newest day, of publication or reading, that was learned from. */
    public Side side(Stratum stratum) {
        Optional<LocalDate> newest = newest(stratum.by());
        if (newest.isEmpty() || newest.get().isBefore(stratum.period().from())) {
            return Side.AFTER;
        }
        return newest.get().isAfter(stratum.period().to()) ? Side.BEFORE : Side.NEWEST;
    }
}
