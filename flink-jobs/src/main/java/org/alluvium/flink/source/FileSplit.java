package org.alluvium.flink.source;

import java.io.Serializable;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file, or what it has grown by, to be read by one reader.
 *
 * @param sequence place in the total order of all splits of the source
 * @param file the file as it was when the split was made; what it grows by later is another split
 * @param progress where to go on reading
 */
record FileSplit(long sequence, FileRef file, ReadProgress progress) implements SourceSplit, Serializable {

    @Override
    public String splitId() {
        return Long.toString(sequence);
    }

    FileSplit withProgress(ReadProgress newProgress) {
        return new FileSplit(sequence, file, newProgress);
    }

    boolean isDone() {
        return progress.status() != ReadProgress.Status.OPEN;
    }
}
