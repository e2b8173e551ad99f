package org.alluvium.flink.intake;

import java.io.Serializable;
import java.util.List;
import org.alluvium.ingest.record.SourceRecord;

/** Knows how a kind of source keeps its place. */
@FunctionalInterface
public interface Rewind<SplitT> extends Serializable {

    /**
     * The splits as they were before a record was read.
     *
     * @param splits as they are behind the record, which was the last one that was read
     */
    List<SplitT> before(SourceRecord record, List<SplitT> splits);
}
