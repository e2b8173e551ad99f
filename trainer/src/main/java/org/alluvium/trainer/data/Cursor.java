package org.alluvium.trainer.data;

import java.util.List;

/**
 * Where training stands in the total order, exact to the token. A cursor is taken between two steps; reading on from it
 * yields the very batches that an uninterrupted run would have seen. To resume, at most one window is read again.
 *
 * <p>As JSON, in {@code state.json} of a checkpoint (version 1):
 *
 * <pre>
 * {"version": 1,
 *  "window": 12,                                                  index of the current window, from 0
 *  "windowStart": {"sequence": 7, "shard": 0, "row": 311, "repetition": 0},   where its first document is read
 *  "documents": 40,                                               documents of the window, in shuffled order, that are packed whole
 *  "offset": 118,                                                 tokens of the next one that are packed: the packer's carry
 *  "shards": [{"sequence": 7, "shard": 0, "path": "shards/…", "sha256": "…"}]}
 * </pre>
 *
 * <p>{@code shards} lists the shard that the last document before the window came from, if there was one, and every shard
 * that the window has touched so far. Resuming from a log that does not name exactly these is refused.
 *
 * @param version of the format, currently {@link #VERSION}
 * @param window index of the current window
 * @param windowStart where the window's first document is read
 * @param documents documents of the window, in shuffled order, that are packed whole
 * @param offset tokens of the next document of the window that are packed already
 * @param shards what the corpus must still look like
 */
public record Cursor(int version, long window, Position windowStart, int documents, int offset, List<ShardRef> shards) {

    public static final int VERSION = 1;

    /** Before the first document of an empty or any log. */
    public static final Cursor START = new Cursor(VERSION, 0, Position.START, 0, 0, List.of());

    public Cursor {
        if (version != VERSION) {
            throw new IllegalArgumentException("cursor of version " + version + "; this release reads " + VERSION);
        }
        if (window < 0 || documents < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "negative cursor: window " + window + ", documents " + documents + ", offset " + offset);
        }
        shards = List.copyOf(shards);
    }

    /** Whether rows of a log entry, had it any, were read before this place: in earlier windows, or in what is packed of its own. */
    boolean isBeyond(long sequence) {
        boolean inWindow = documents > 0 || offset > 0;
        return sequence < windowStart.sequence()
                || (inWindow && shards.stream().anyMatch(shard -> sequence <= shard.sequence()));
    }
}
