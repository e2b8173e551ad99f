package org.alluvium.flink.dedup;

import java.util.List;

/**
 * What one version of a document lays claim to, or gives up: all bands of its text.
 *
 * @param asker subtask that asks whether they are free
 * @param ticket the document's, at that subtask; {@link #RELEASE} if the bands are given up
 * @param holder the version, see {@link Holder}
 * @param keys of the bands, in their order
 */
public record Claim(int asker, long ticket, long holder, List<Long> keys) {

    /** The ticket of what is given up: there is nothing to answer. */
    public static final long RELEASE = -1;

    public Claim {
        keys = List.copyOf(keys);
    }

    /**
     * One band of them.
     *
     * @param number of the band
     */
    public record Band(int asker, long ticket, long holder, int number, long key) {

        boolean isRelease() {
            return ticket == RELEASE;
        }
    }
}
