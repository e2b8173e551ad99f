package org.alluvium.dashboard.corpus;

import java.util.Arrays;
import java.util.List;

/**
 * Tokens of all commits over time, in so many stretches of one length; where they do not suffice, each becomes twice as long.
 * Weeks thus take no more room than minutes. Not thread-safe.
 */
final class Timeline {

    static final int STRETCHES = 256;
    private static final long SHORTEST_MILLIS = 1_000;

    private final long[] tokens = new long[STRETCHES];
    private final long[] newest = new long[STRETCHES];
    private long from;
    private long length = SHORTEST_MILLIS;
    private int used;

    /**
     * What there is to draw of it.
     *
     * @param from when the first stretch begins, in milliseconds since the epoch
     * @param length of a stretch in milliseconds
     * @param tokens committed within each
     * @param newest sequence of the last commit within each or, where there is none, before it
     */
    public record Drawn(long from, long length, List<Long> tokens, List<Long> newest) {}

    /** A commit that follows on those before; one whose clock is behind theirs counts into the last stretch. */
    void add(Commits.Commit commit) {
        if (used == 0) {
            from = commit.time();
        }
        while ((commit.time() - from) / length >= STRETCHES) {
            join();
        }
        int at = Math.max(Math.max(0, used - 1), (int) ((commit.time() - from) / length));
        for (; used <= at; used++) {
            newest[used] = used == 0 ? commit.sequence() : newest[used - 1];
        }
        tokens[at] += commit.tokens();
        newest[at] = commit.sequence();
    }

    private void join() {
        used = Math.ceilDiv(used, 2);
        for (int i = 0; i < used; i++) {
            tokens[i] = tokens[2 * i] + tokens[2 * i + 1];
            newest[i] = Math.max(newest[2 * i], newest[2 * i + 1]);
        }
        Arrays.fill(tokens, used, STRETCHES, 0);
        Arrays.fill(newest, used, STRETCHES, 0);
        length *= 2;
    }

    Drawn drawn() {
        return new Drawn(
                from,
                length,
                Arrays.stream(tokens, 0, used).boxed().toList(),
                Arrays.stream(newest, 0, used).boxed().toList());
    }
}
