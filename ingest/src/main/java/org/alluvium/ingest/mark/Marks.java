package org.alluvium.ingest.mark;

/** What the marks of a format look like. Implementations are stateless. */
public interface Marks {

    /**
     * A place at which a record begins or ends.
     *
     * @param at index of its first byte
     * @param length how many bytes it has, which are part of the record
     * @param begins whether a record begins with it, rather than ends
     */
    record Mark(int at, int length, boolean begins) {}

    /** How many bytes before a mark one must see to know it. */
    int lookBehind();

    /** How many bytes from the beginning of a mark one must see at most to know it. */
    int longest();

    /**
     * The first mark that begins in {@code from} to {@code to}; null if there is none.
     *
     * @param bytes what can be seen; at index 0 stands what precedes a mark that needs to be looked behind, or a record
     * @param limit behind the last byte that can be seen
     */
    Mark find(byte[] bytes, int from, int to, int limit);

    /** Whether something that no mark belongs to is no record, but what may stand before, between and behind records. */
    boolean isFiller(byte[] bytes);

    /** Whether a record that the content ended in looks as if it had come to its end. */
    boolean isWhole(byte[] record);
}
