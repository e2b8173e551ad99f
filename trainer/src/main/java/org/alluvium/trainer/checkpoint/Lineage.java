package org.alluvium.trainer.checkpoint;

import org.alluvium.trainer.data.Cursor;

/**
 * What the model learned from since the checkpoint before: {@code lineage.json}, version 1. The documents are those between
 * two cursors in the training order; the journal's lines of the same steps name each of them.
 *
 * <pre>
 * {"version": 1, "afterStep": 1100, "step": 1200,         steps 1101 to 1200
 *  "firstEntry": 17, "lastEntry": 21,                      log entries that the documents came from
 *  "from": {cursor}, "to": {cursor}}
 * </pre>
 *
 * @param version of the format, currently {@link #VERSION}
 * @param afterStep step of the checkpoint before, or 0
 * @param step of this checkpoint
 * @param firstEntry sequence of the first log entry that documents may have come from
 * @param lastEntry sequence of the last one, inclusive
 * @param from cursor of the checkpoint before
 * @param to cursor of this one
 */
public record Lineage(int version, long afterStep, long step, long firstEntry, long lastEntry, Cursor from, Cursor to) {

    public static final int VERSION = 1;

    /** What lies between two checkpoints. */
    public static Lineage between(long afterStep, Cursor from, long step, Cursor to) {
        long last = to.shards().isEmpty()
                ? to.windowStart().sequence()
                : to.shards().getLast().sequence();
        return new Lineage(VERSION, afterStep, step, from.windowStart().sequence(), last, from, to);
    }
}
