package org.alluvium.flink.types;

/**
 * A record that has been read, with what became of it so far.
 *
 * @param source short name of the source that it was read from
 * @param partition part of the source that keeps its own order, such as {@code topic-partition}; empty for folders, whose
 *     files have one order
 * @param position where the source has been read to: the origin of the record
 * @param timeMillis event time, in milliseconds since the epoch: the document's, otherwise the record's
 * @param arrivedMillis when it was read, by this machine's clock; a replay reads at another time
 * @param bytes length of the record, uncompressed
 */
public record Arrival(
        String source,
        String partition,
        String position,
        long timeMillis,
        long arrivedMillis,
        long bytes,
        Outcome outcome) {}
