package org.alluvium.ingest.wiki;

import java.util.HashMap;
import java.util.Map;

/**
 * What a reader does not see of a text, and what stands in its place: for each position at which something is left out,
 * where it ends. An edit inside one that begins before it has no effect, so constructs may be edited inside out.
 */
final class WikiEdits {

    /** What stands in the place of what is left out. */
    enum Mark {
        NOTHING,
        LINE_FEED,
        LIST_ITEM,
        HEADING,
        HEADING_END
    }

    private final int[] ends;

    /** What stands where something is left out, if it is anything. */
    private final Map<Integer, Mark> marks = new HashMap<>();

    /** No edits of a text of that many characters. */
    WikiEdits(int length) {
        this.ends = new int[length];
    }

    /** Leaves out the characters from {@code start} to {@code end}, which is greater. */
    void cut(int start, int end) {
        ends[start] = end;
        marks.remove(start);
    }

    void replace(int start, int end, Mark mark) {
        ends[start] = end;
        marks.put(start, mark);
    }

    /** Where what is left out at a position ends; 0 if nothing is. */
    int end(int position) {
        return ends[position];
    }

    Mark mark(int position) {
        return marks.getOrDefault(position, Mark.NOTHING);
    }
}
