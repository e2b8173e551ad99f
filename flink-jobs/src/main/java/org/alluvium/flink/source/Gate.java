package org.alluvium.flink.source;

import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.intake.Intake;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.record.SourceRecord;

/** What records pass on their way out of the reader; see {@link Intake}. Called by the reader's thread only. */
interface Gate {

    /** Nanoseconds until the source's next record may be read; 0 if it may be now. */
    long waitNanos(String source);

    /**
     * Takes a record in.
     *
     * @throws UnavailableException if it is to be given again when its source has rested
     */
    Arrival take(SourceRecord record);

    /** The gate of a job. */
    static Gate of(Intake intake) {
        return new Gate() {
            @Override
            public long waitNanos(String source) {
                return intake.untilPermit(source).toNanos();
            }

            @Override
            public Arrival take(SourceRecord record) {
                return intake.take(record);
            }
        };
    }
}
