package org.alluvium.trainer.monitor;

import java.util.Map;
import org.alluvium.contracts.event.EventSink;

/** Lets somebody hear events on their way to where they are kept. */
public record WatchedEvents(EventSink sink, Vitals vitals) implements EventSink {

    @Override
    public void emit(String type, Map<String, ?> fields) {
        sink.emit(type, fields);
        vitals.heard(type, fields);
    }

    @Override
    public void close() {
        sink.close();
    }
}
