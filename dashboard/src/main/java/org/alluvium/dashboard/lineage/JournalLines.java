package org.alluvium.dashboard.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.alluvium.dashboard.index.NameHash;
import org.alluvium.dashboard.lineage.LineReader.Line;

/**
 * What can be told of a journal's line from its bytes, without reading it as JSON: a journal has as many lines as its run has
 * steps. The format is that of {@link org.alluvium.trainer.journal.Journal}. Inside of a JSON string every quotation mark has a
 * backslash before it, so a name with its quotation marks is found nowhere else.
 */
final class JournalLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] STEP = ascii("{\"step\":");
    private static final byte[] ID = ascii("\"id\":\"");
    private static final byte[] REWIND = ascii("{\"rewind\"");
    private static final byte[] MOVED = ascii("{\"moved\"");
    private static final byte[] TAKEDOWN = ascii("{\"takedown\"");

    private JournalLines() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of the step that a line is of; -1 if it is of none. */
    static long step(Line line) {
        if (!isAt(STEP, line, line.from())) {
            return -1;
        }
        long step = 0;
        for (int i = line.from() + STEP.length; i < line.to(); i++) {
            int digit = line.bytes()[i] - '0';
            if (digit < 0 || digit > 9) {
                return line.bytes()[i] == ',' ? step : -1;
            }
            step = 10 * step + digit;
        }
        return -1;
    }

    /** The last step that counts, where a line makes those after it void. */
    static OptionalLong lastThatCounts(Line line) throws IOException {
        boolean steps = !isAt(REWIND, line, line.from())
                && !isAt(MOVED, line, line.from())
                && !isAt(TAKEDOWN, line, line.from());
        if (steps) {
            return OptionalLong.empty();
        }
        JsonNode event = json(line).elements().next(); // the only member, whatever it is called
        return OptionalLong.of(event.path("afterStep").longValue());
    }

    static JsonNode json(Line line) throws IOException {
        return JSON.readTree(line.bytes(), line.from(), line.to() - line.from());
    }

    /** Hashes of the ids that a line names. */
    static void hashes(Line line, LongConsumer hashes) {
        for (int i = line.from(); i < line.to(); i++) {
            if (line.bytes()[i] == '"' && isAt(ID, line, i)) {
                int begin = i + ID.length;
                i = end(line, begin);
                hashes.accept(NameHash.of(line.bytes(), begin, i));
            }
        }
    }

    /** Where a string ends that begins there. */
    private static int end(Line line, int begin) {
        int i = begin;
        while (i < line.to() && line.bytes()[i] != '"') {
            i += line.bytes()[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, line.to());
    }

    /** An id with its name, as it stands in a line. */
    static byte[] named(String id) {
        return JSON.createObjectNode()
                .put("id", id)
                .toString()
                .replaceAll("^\\{|\\}$", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The hash of an id that {@link #named} has made. */
    static long hash(byte[] named) {
        return NameHash.of(named, ID.length, named.length - 1);
    }

    /** Whether bytes stand anywhere in a line. */
    static boolean contains(Line line, byte[] wanted) {
        for (int i = line.from(); i <= line.to() - wanted.length; i++) {
            if (line.bytes()[i] == wanted[0] && isAt(wanted, line, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] wanted, Line line, int at) {
        if (line.to() - at < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (line.bytes()[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
