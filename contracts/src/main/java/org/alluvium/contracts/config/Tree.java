package org.alluvium.contracts.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was written, before it is known what it should be: text, list or group of keys, each with its position. */
sealed interface Tree {

    Position at();

    /** How an error calls it. */
    String describe();

    /** One value. A quoted one is text even where it looks like a number. */
    record Scalar(String text, boolean quoted, Position at) implements Tree {

        /** Whether nothing was written: {@code key:}, {@code key: ~} or {@code key: null}. */
        boolean isAbsent() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public String describe() {
            return isAbsent() ? "has no value" : "is " + (quoted ? "the text \"" + text + "\"" : "'" + text + "'");
        }
    }

    /** A list. */
    record Items(List<Tree> items, Position at) implements Tree {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "is a list";
        }
    }

    /** A group of keys. */
    record Group(Map<String, Member> members, Position at) implements Tree {
        public Group {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String describe() {
            return "is a group of keys";
        }
    }

    /** One key of a group, with its own position, and its value. */
    record Member(Position at, Tree value) {}
}
