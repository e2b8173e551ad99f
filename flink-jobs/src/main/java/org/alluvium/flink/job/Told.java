package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;

/**
 * What earlier processes have told of the log.
 *
 * @param nextSequence the entry behind the newest commit that was told; empty if none was, as in a file that is new
 * @param names of what was told of entries since
 */
record Told(OptionalLong nextSequence, Set<String> names) {

    /** Far more than what follows the newest commit, and there is one every few seconds. */
    private static final long READ_BYTES = 1 << 22;

    /** Reads the end of the events. */
    static Told of(Path events) {
        List<Event> newest = EventReader.tail(events, READ_BYTES).poll();
        OptionalLong commit = newest.stream()
                .filter(event -> event.type().equals("commit"))
                .mapToLong(event -> Math.round(event.number(FitEvents.SEQUENCE, -1)))
                .max();
        Set<String> names = new HashSet<>();
        newest.forEach(event -> names.add(name(event.type(), event.fields())));
        return commit.isEmpty() ? new Told(commit, names) : new Told(OptionalLong.of(commit.getAsLong() + 1), names);
    }

    /** Whether an event of this type, of the same entry and figure, is in the file. */
    boolean has(String type, Map<String, Object> fields) {
        return names.contains(name(type, fields));
    }

    private static String name(String type, Map<String, Object> fields) {
        return type + " " + fields.get(FitEvents.SEQUENCE) + " " + fields.get(FitEvents.FIGURE);
    }
}
