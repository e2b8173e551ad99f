package org.alluvium.flink.lines;

import java.util.List;
import org.alluvium.ingest.boilerplate.TextLines.Line;

/**
 * Asks which lines of a document are boilerplate of its host. The answer marks them by their indexes.
 *
 * @param asker subtask that asks
 * @param ticket the document's, at that subtask
 * @param host hash of the host's name
 * @param lines the document's
 */
record HostQuestion(int asker, long ticket, long host, List<Line> lines) {
    HostQuestion {
        lines = List.copyOf(lines);
    }
}
