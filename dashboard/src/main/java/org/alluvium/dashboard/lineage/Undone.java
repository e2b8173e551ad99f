package org.alluvium.dashboard.lineage;

/**
 * Which lines of a journal do not count any more, since a later one says that the run went back to before them. Immutable.
 */
final class Undone {

    private final long[] offsets;
    private final long[] lastThatCount; // the smallest of this line and those after it

    /** @param notes for each line that makes others void, in their order, where it stands and the last step that counts */
    Undone(long[] notes) {
        int lines = notes.length / 2;
        offsets = new long[lines];
        lastThatCount = new long[lines];
        long last = Long.MAX_VALUE;
        for (int i = lines - 1; i >= 0; i--) {
            offsets[i] = notes[2 * i];
            last = Math.min(last, notes[2 * i + 1]);
            lastThatCount[i] = last;
        }
    }

    /** Whether the line of a step, which stands there, does not count. */
    boolean has(long offset, long step) {
        int low = 0;
        int high = offsets.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < offsets.length && lastThatCount[low] < step;
    }
}
