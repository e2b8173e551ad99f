package org.alluvium.contracts.config;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;

/** Collects everything that is wrong, so that it can be said at once. For one thread. */
final class Problems {

    private final List<String> lines = new ArrayList<>();

    /**
     * Notes one.
     *
     * @param key its dotted path
     * @param what is wrong with it, as a predicate: {@code "is 0"}
     * @param allowed what could stand there instead
     */
    void add(Position at, String key, String what, String allowed) {
        lines.add(at + ": key '" + key + "': " + what + "; allowed: " + allowed);
    }

    /** Notes one that probably is a misspelling. */
    void add(Position at, String key, String what, String allowed, String meant) {
        lines.add(at + ": key '" + key + "': " + what + "; allowed: " + allowed + "; did you mean '" + meant + "'?");
    }

    /** Notes one that concerns no key. */
    void add(Position at, String what) {
        lines.add(at + ": " + what);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Throws all of them together, if there are any. */
    void throwIfAny(String label) {
        if (lines.isEmpty()) {
            return;
        }
        String count = lines.size() == 1 ? "an error" : lines.size() + " errors";
        throw new ConfigException(
                "the configuration has " + count,
                label,
                "Correct it and start again; docs/configuration.md explains every key.\n  "
                        + String.join("\n  ", lines));
    }
}
