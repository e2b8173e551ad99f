package org.alluvium.flink.source;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From a reader: it has nothing that it could read now. Another request takes the place of one that was not served yet.
 *
 * @param resting sources that it must not be given splits of, because it already has one that it may not read now
 */
record SplitRequested(Set<String> resting) implements SourceEvent {

    SplitRequested {
        resting = Set.copyOf(resting);
    }
}
