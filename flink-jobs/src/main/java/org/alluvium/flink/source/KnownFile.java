package org.alluvium.flink.source;

import java.util.SortedSet;
import java.util.TreeSet;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;

/**
 * What is remembered of a file.
 *
 * @param file as it was when its last splits were made
 * @param start where the range begins that the progress is of
 * @param progress how far it had been read before its splits or, once they are finished, after them
 * @param splits sequences of the splits that are to be read or being read
 */
record KnownFile(FileRef file, long start, ReadProgress progress, SortedSet<Long> splits) {

    boolean isBeingRead() {
        return !splits.isEmpty();
    }

    /**
     * The same after a split has been read. A split that is read again after a failure may be reported twice; what is
     * reported of one that is not awaited changes nothing.
     *
     * <p>Reading will go on behind the last record there was. It is in the last range that had any: whatever of ranges
     * behind it is a record's beginning was left for when the file has grown, and so follows right there.
     */
    KnownFile finished(FileSplit split) {
        if (!splits.contains(split.sequence())) {
            return this;
        }
        TreeSet<Long> left = new TreeSet<>(splits);
        left.remove(split.sequence());
        long begin = split.range().start();
        boolean further = begin == start || (begin > start && split.progress().records() > 0);
        ReadProgress furthest = further ? split.progress() : progress;
        boolean refused =
                progress.status() == Status.REFUSED || split.progress().status() == Status.REFUSED;
        Status status = refused ? Status.REFUSED : left.isEmpty() ? Status.FINISHED : Status.OPEN;
        return new KnownFile(file, further ? begin : start, furthest.withStatus(status), left);
    }
}
