package org.alluvium.images.supply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A licence expression of SPDX (specification 3.0, annex D), without references to documents: {@code Apache-2.0},
 * {@code EPL-2.0 OR BSD-3-Clause}, {@code GPL-3.0-or-later WITH GCC-exception-3.1}. AND binds closer than OR.
 */
sealed interface Licence {

    /** One licence, with its exception if it has one. */
    record One(String id) implements Licence {
        @Override
        public String toString() {
            return id;
        }
    }

    /** All of them hold. */
    record Every(List<Licence> parts) implements Licence {
        @Override
        public String toString() {
            return joined(parts, " AND ");
        }
    }

    /** Whoever receives it chooses. */
    record Any(List<Licence> parts) implements Licence {
        @Override
        public String toString() {
            return joined(parts, " OR ");
        }
    }

    /**
     * Parses an expression.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static Licence parse(String expression) {
        return new Parser(expression).parse();
    }

    /** What of it we take, of choices the first that is allowed; empty if there is none. */
    default Optional<Licence> taken(Set<String> allowed) {
        return switch (this) {
            case One one -> Optional.<Licence>of(one).filter(it -> allowed.contains(one.id()));
            case Any any ->
                any.parts().stream()
                        .flatMap(part -> part.taken(allowed).stream())
                        .findFirst();
            case Every every -> {
                List<Licence> taken = every.parts().stream()
                        .flatMap(part -> part.taken(allowed).stream())
                        .toList();
                yield taken.size() == every.parts().size() ? Optional.of(new Every(taken)) : Optional.empty();
            }
        };
    }

    /** Its licences, whichever way they are joined. */
    default List<String> ids() {
        return switch (this) {
            case One one -> List.of(one.id());
            case Any any ->
                any.parts().stream().flatMap(part -> part.ids().stream()).toList();
            case Every every ->
                every.parts().stream().flatMap(part -> part.ids().stream()).toList();
        };
    }

    private static String joined(List<Licence> parts, String by) {
        return String.join(
                by,
                parts.stream()
                        .map(part -> part instanceof One ? part.toString() : "(" + part + ")")
                        .toList());
    }

    /** Goes down by precedence: OR, AND, one licence or parentheses. */
    final class Parser {
        private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[A-Za-z0-9.+-]+)");
        private static final Set<String> NO_WORDS = Set.of("(", ")", "AND", "OR", "WITH");

        private final String expression;
        private final List<String> tokens = new ArrayList<>();
        private int next;

        private Parser(String expression) {
            this.expression = expression;
            Matcher matcher = TOKEN.matcher(expression.strip());
            while (matcher.lookingAt()) {
                tokens.add(matcher.group(1));
                matcher.region(matcher.end(), matcher.regionEnd());
            }
            if (matcher.regionStart() != matcher.regionEnd()) {
                throw wrong();
            }
        }

        private Licence parse() {
            Licence whole = any();
            if (next != tokens.size()) {
                throw wrong();
            }
            return whole;
        }

        private Licence any() {
            List<Licence> parts = new ArrayList<>(List.of(every()));
            while (take("OR")) {
                parts.add(every());
            }
            return parts.size() == 1 ? parts.getFirst() : new Any(List.copyOf(parts));
        }

        private Licence every() {
            List<Licence> parts = new ArrayList<>(List.of(one()));
            while (take("AND")) {
                parts.add(one());
            }
            return parts.size() == 1 ? parts.getFirst() : new Every(List.copyOf(parts));
        }

        private Licence one() {
            if (take("(")) {
                Licence inner = any();
                if (!take(")")) {
                    throw wrong();
                }
                return inner;
            }
            String id = word();
            return new One(take("WITH") ? id + " WITH " + word() : id);
        }

        private String word() {
            if (next == tokens.size() || NO_WORDS.contains(tokens.get(next))) {
                throw wrong();
            }
            return tokens.get(next++);
        }

        private boolean take(String token) {
            boolean there = next < tokens.size() && tokens.get(next).equals(token);
            if (there) {
                next++;
            }
            return there;
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("'" + expression + "' is no licence expression of SPDX");
        }
    }
}
