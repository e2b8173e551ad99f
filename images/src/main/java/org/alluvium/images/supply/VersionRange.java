package org.alluvium.images.supply;

import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Versions, written as advisories do: {@code >=4.2.0.Final <4.2.13.Final}, all of which hold; or several of these, joined by
 * {@code ||}, one of which holds. They are ordered as Maven orders them, which suits npm's as well as long as they are releases.
 */
record VersionRange(List<List<Bound>> alternatives) {

    private record Bound(String operator, ComparableVersion version) {
        boolean admits(ComparableVersion candidate) {
            int order = candidate.compareTo(version);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "=" -> order == 0;
                default -> throw new IllegalArgumentException(operator);
            };
        }
    }

    /**
     * Parses a range.
     *
     * @throws IllegalArgumentException if it is none
     */
    static VersionRange parse(String text) {
        return new VersionRange(Stream.of(text.split("\\|\\|", -1))
                .map(all -> Stream.of(all.strip().split("\\s+"))
                        .map(bound -> bound(text, bound))
                        .toList())
                .toList());
    }

    boolean contains(String version) {
        ComparableVersion candidate = new ComparableVersion(version);
        return alternatives.stream().anyMatch(all -> all.stream().allMatch(bound -> bound.admits(candidate)));
    }

    private static Bound bound(String text, String bound) {
        for (String operator : List.of("<=", ">=", "<", ">", "=")) {
            if (bound.startsWith(operator) && bound.length() > operator.length()) {
                return new Bound(operator, new ComparableVersion(bound.substring(operator.length())));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no range of versions, such as '>=1.2 <1.4'");
    }
}
