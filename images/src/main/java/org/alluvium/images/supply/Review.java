package org.alluvium.images.supply;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What people have looked at and decided: {@code images/supply/licences.yaml}. Its comments explain it to whoever changes it.
 *
 * @param allowed licences that we ship under
 * @param components licences of components that do not say them themselves, or not in SPDX's words
 * @param inside what is in jars that nothing in them describes
 */
record Review(List<Allowed> allowed, List<Correction> components, List<Inside> inside) {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * A licence that we ship under.
     *
     * @param text whether its text, with the lines of copyright, must go with every copy
     */
    record Allowed(String licence, boolean text, String reason) {}

    /**
     * The licence of a component.
     *
     * @param of a purl without version; a star at its end stands for anything
     * @param licence an expression of SPDX; absent if the component says it
     * @param copyright what goes before the licence's text, for a component that does not bring its own; may be absent
     */
    record Correction(String of, String licence, String copyright, String reason) {}

    /**
     * What is inside of one version of a component; the next version is to be looked at again.
     *
     * @param of a purl with version
     * @param reason how that was found out
     */
    record Inside(String of, List<Part> holds, String reason) {}

    /**
     * A part of a component.
     *
     * @param purl with version
     * @param copyright as {@link Correction#copyright}
     */
    record Part(String purl, String licence, String copyright) {}

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if a key is unknown
     */
    static Review read(Path file) throws IOException {
        return yaml(file, new TypeReference<>() {});
    }

    /** Reads any file of ours: plain values, keys as the record's. */
    static <T> T yaml(Path file, TypeReference<T> type) throws IOException {
        Object tree = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                .loadFromString(Files.readString(file));
        return MAPPER.convertValue(tree, type);
    }

    Set<String> ids() {
        return allowed.stream().map(Allowed::licence).collect(Collectors.toSet());
    }

    boolean textIsDue(Licence taken) {
        return allowed.stream().anyMatch(it -> it.text() && taken.ids().contains(it.licence()));
    }

    /** What the table says of a component: the entry that names it in full, else the longest with a star. */
    Optional<Correction> of(Component component) {
        return components.stream()
                .filter(it -> covers(it.of(), component.identity()))
                .max(Comparator.comparingInt(it -> it.of().length()));
    }

    Optional<Inside> inside(Component component) {
        return inside.stream().filter(it -> it.of().equals(component.purl())).findFirst();
    }

    /** Entries that name nothing which is shipped. */
    Stream<String> idle(List<Component> shipped) {
        List<Component> all = shipped.stream().flatMap(Component::all).toList();
        return Stream.concat(
                components.stream()
                        .map(Correction::of)
                        .filter(of -> all.stream().noneMatch(it -> covers(of, it.identity()))),
                inside.stream()
                        .map(Inside::of)
                        .filter(of -> all.stream().noneMatch(it -> it.purl().equals(of))));
    }

    private static boolean covers(String pattern, String identity) {
        return pattern.endsWith("*")
                ? identity.startsWith(pattern.substring(0, pattern.length() - 1))
                : identity.equals(pattern);
    }
}
