package org.alluvium.trainer.data;

import java.util.Comparator;

/**
 * A place in the total order of documents: the document that is read next.
 *
 * @param sequence of the log entry
 * @param shard index of the shard within the entry
 * @param row index of the row within the shard; may equal the number of rows, which is the place before the next shard
 * @param repetition how often the row has already been read, below its {@code repeat}
 */
public record Position(long sequence, int shard, long row, int repetition) implements Comparable<Position> {

    /** Before the first document. */
    public static final Position START = new Position(0, 0, 0, 0);

    private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::sequence)
            .thenComparingInt(Position::shard)
            .thenComparingLong(Position::row)
            .thenComparingInt(Position::repetition);

    /** Before the first document of the given entry. */
    public static Position startOf(long sequence) {
        return new Position(sequence, 0, 0, 0);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
