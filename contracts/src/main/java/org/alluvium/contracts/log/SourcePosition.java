package org.alluvium.contracts.log;

/**
 * How far a source, or one partition of it, had been read.
 *
 * @param at origin of the last record that was read
 * @param records records read since the previous commit
 * @param bytes their length as they arrived, uncompressed
 * @param timeMillis event time of that last record, in milliseconds since the epoch
 */
public record SourcePosition(String at, long records, long bytes, long timeMillis) {

    /** This and then the other: its place, and the counts of both. */
    public SourcePosition then(SourcePosition later) {
        return new SourcePosition(later.at, records + later.records, bytes + later.bytes, later.timeMillis);
    }
}
