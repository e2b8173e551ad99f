package org.alluvium.images.supply;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something that somebody made, as we ship it.
 *
 * @param purl its package URL without qualifiers, {@code pkg:maven/GROUP/NAME@VERSION}
 * @param licence an expression of SPDX; empty if nobody says one
 * @param texts what its makers want to go with every copy: notices, and licences with lines of copyright
 * @param parts what of others is inside it
 */
record Component(String purl, String licence, List<Text> texts, List<Component> parts) {

    /**
     * A text that goes with a component.
     *
     * @param name of the file that it was in
     */
    record Text(String name, String content) {
        boolean isNotice() {
            return name.substring(name.lastIndexOf('/') + 1)
                    .toUpperCase(Locale.ROOT)
                    .startsWith("NOTICE");
        }
    }

    /** {@code pkg:maven/GROUP/NAME}: the purl without its version. */
    String identity() {
        return purl.substring(0, purl.lastIndexOf('@'));
    }

    String version() {
        return purl.substring(purl.lastIndexOf('@') + 1);
    }

    /** For people: {@code GROUP:NAME} of Maven's, {@code @SCOPE/NAME} of npm's. */
    String name() {
        String path = identity().substring(identity().indexOf('/') + 1);
        return purl.startsWith("pkg:maven/") ? path.replace('/', ':') : path.replace("%40", "@");
    }

    /** The type of a purl: {@code maven}, {@code npm}, {@code generic}. */
    String type() {
        return purl.substring("pkg:".length(), purl.indexOf('/'));
    }

    /** Of a module of ours, or a file that the build has put together. */
    boolean isOurs() {
        return purl.startsWith("pkg:maven/org.alluvium/") || purl.startsWith("pkg:generic/alluvium/");
    }

    /** This and all that is inside it. */
    Stream<Component> all() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(Component::all));
    }

    /** The same, with what a look inside has brought. */
    Component with(String reviewedLicence, List<Text> foundTexts, List<Component> foundParts) {
        return new Component(purl, reviewedLicence, List.copyOf(foundTexts), List.copyOf(foundParts));
    }

    /** A purl without qualifiers and subpath. */
    static String plain(String purl) {
        int end = purl.indexOf('?');
        return end < 0 ? purl : purl.substring(0, end);
    }
}
