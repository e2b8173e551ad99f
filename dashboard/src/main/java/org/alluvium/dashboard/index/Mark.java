package org.alluvium.dashboard.index;

/**
 * How far an index has been made, in the words of its owner.
 *
 * @param next place to read on from
 * @param values how many numbers were given away
 * @param through the newest change of what had been read before that is in the index
 * @param of what tells whether it is the same that was read; empty if nothing was
 */
public record Mark(long next, long values, long through, String of) {

    /** Nothing was read. */
    public static final Mark START = new Mark(0, 0, -1, "");
}
