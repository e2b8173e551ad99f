package org.alluvium.dashboard.lineage;

import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.Position;

/**
 * Where in the log the documents of a step must lie: between what the checkpoint before it had left and what the one after it
 * had touched, as steps go through windows in the order of the log.
 *
 * @param from no document lies before it
 * @param to none lies in a shard after this; empty if no checkpoint says so
 * @param share of the way from the one to the other at which they are likely
 */
public record Whereabouts(Position from, Optional<Position> to, double share) {

    /** Anywhere. */
    public static final Whereabouts ANYWHERE = new Whereabouts(Position.START, Optional.empty(), 0);

    /**
     * Those of steps.
     *
     * @param first of them
     * @param last of them
     * @param checkpoints of the run
     * @param newest step of the run
     */
    public static Whereabouts of(long first, long last, List<Checkpoint> checkpoints, long newest) {
        Optional<Checkpoint> before =
                checkpoints.stream().filter(each -> each.step() < first).reduce(Whereabouts::later);
        Optional<Checkpoint> after = checkpoints.stream()
                .filter(each -> each.step() >= last)
                .reduce((one, other) -> one.step() <= other.step() ? one : other);
        long begin = before.map(Checkpoint::step).orElse(0L);
        long end = after.map(Checkpoint::step).orElse(Math.max(newest, last));
        return new Whereabouts(
                before.map(each -> each.state().cursor().windowStart()).orElse(Position.START),
                after.map(each -> end(each.state().cursor())),
                ((first + last) / 2.0 - begin) / Math.max(1, end - begin));
    }

    private static Checkpoint later(Checkpoint one, Checkpoint other) {
        return one.step() >= other.step() ? one : other;
    }

    private static Position end(Cursor cursor) {
        return cursor.shards().isEmpty()
                ? cursor.windowStart()
                : new Position(
                        cursor.shards().getLast().sequence(),
                        cursor.shards().getLast().shard(),
                        Long.MAX_VALUE,
                        0);
    }
}
