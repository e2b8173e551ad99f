package org.alluvium.dashboard.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened, to be shown where it did.
 *
 * @param step after which it happened
 * @param tokens trained on by then
 * @param time when
 * @param type of the event: {@code checkpoint}, {@code spike}, {@code alert}, {@code error}, {@code start}, …
 * @param fields of the event
 */
public record Marker(long step, long tokens, Instant time, String type, Map<String, Object> fields) {

    /** As the members of a JSON object: the fields of the event, and where and when it happened. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>(fields);
        members.put("type", type);
        members.put("step", step);
        members.put("tokens", tokens);
        members.put("time", time.toString());
        return members;
    }
}
