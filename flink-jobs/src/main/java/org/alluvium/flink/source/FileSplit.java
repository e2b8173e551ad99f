package org.alluvium.flink.source;

import java.io.Serializable;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.frame.Framing;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file, a range of it, or what it has grown by, to be read by one reader.
 *
 * @param sequence place in the total order of all splits of the source
 * @param file the file as it was when the split was made; what it grows by later is another split
 * @param range what of the file is to be read
 * @param progress where in the range to go on reading
 */
record FileSplit(long sequence, FileRef file, Framing.Range range, ReadProgress progress)
        implements SourceSplit, Serializable {

    /** A split of a whole file. */
    static FileSplit ofWhole(long sequence, FileRef file, ReadProgress progress) {
        return new FileSplit(sequence, file, new Framing.Range(0, file.sizeBytes()), progress);
    }

    @Override
    public String splitId() {
        return Long.toString(sequence);
    }

    FileSplit withProgress(ReadProgress newProgress) {
        return new FileSplit(sequence, file, range, newProgress);
    }

    boolean isDone() {
        return progress.status() != ReadProgress.Status.OPEN;
    }

    /** Bytes of the file, compressed as it is, that are still to be read; of an indexed file, all of the range. */
    long unreadBytes() {
        return Math.max(0, range.end() - Math.max(range.start(), progress.offset()));
    }
}
