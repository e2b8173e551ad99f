package org.alluvium.flink.source;

import java.time.Duration;
import org.alluvium.ingest.frame.Framing;

/**
 * How the files of one source are taken.
 *
 * @param settle how long size and time of change must be still before a file is read
 * @param framing how its files fall into records
 * @param splitBytes length above which a file that can be cut is
 * @param deletes whether a file is deleted once it has been read
 */
record PickupRules(Duration settle, Framing framing, long splitBytes, boolean deletes) {

    /** Whether a file that changes is read anew, rather than read on where it ended. */
    boolean readsAnew() {
        return deletes || framing.isWholeFile();
    }
}
