package org.alluvium.images.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.alluvium.images.supply.Component.Text;

/** Writes {@code THIRD-PARTY.txt}: what is shipped under which licence, and the texts that go with it, each once. */
final class Texts {
    /** The name of a text that is lines of copyright alone: the licence's own text, the same for all, follows it. */
    static final String COPYRIGHT = "Copyright";

    private static final String RULE = "=".repeat(100) + "\n";

    private final Review review;
    private final Path folder;

    /** @param folder of licences' texts, each {@code ID.txt} of SPDX */
    Texts(Review review, Path folder) {
        this.review = review;
        this.folder = folder;
    }

    /** Components whose licence we do not take, or whose text must be shipped and is not there; what to do is said. */
    List<String> problems(List<Component> shipped) {
        List<String> problems = new ArrayList<>();
        for (Component component : shipped) {
            boolean hasText = component.texts().stream().anyMatch(it -> !it.isNotice());
            judge(component, "", hasText, problems);
            for (Component part : component.parts()) {
                boolean described = part.texts().stream().anyMatch(it -> !it.isNotice());
                boolean bundled = part.type().equals("maven") && hasText;
                judge(
                        part,
                        " (inside " + component.name() + " " + component.version() + ")",
                        described || bundled,
                        problems);
            }
        }
        return problems;
    }

    private void judge(Component component, String where, boolean hasText, List<String> problems) {
        String who = component.name() + " " + component.version() + where;
        Optional<Licence> taken;
        try {
            taken = Licence.parse(component.licence()).taken(review.ids());
        } catch (IllegalArgumentException e) {
            problems.add(who + ": its licence is unknown ('" + component.licence()
                    + "'). Read what its makers say, and add it to 'components' of licences.yaml in words of SPDX");
            return;
        }
        if (taken.isEmpty()) {
            problems.add(who + ": nobody has allowed " + component.licence()
                    + ". Do without it, or have the licence reviewed and add it to 'allowed' of licences.yaml");
        } else if (!component.isOurs() && !hasText && review.textIsDue(taken.get())) {
            problems.add(who + ": " + taken.get() + " wants its text in every copy, and there is none in it. "
                    + "Add its lines of copyright to its entry in licences.yaml");
        }
    }

    /** The file, for components without problems. */
    String write(List<Component> shipped) throws IOException {
        List<Component> theirs = shipped.stream().filter(it -> !it.isOurs()).toList();
        StringBuilder out = new StringBuilder("""
                Alluvium holds what others have made. Here is all of it, by the licence under which it is shipped, then the notices
                and texts that its makers want to go with every copy. sbom/alluvium.cdx.json has the same for programs, with digests.

                """);
        Map<String, List<String>> byLicence = new TreeMap<>();
        for (Component component : theirs) {
            byLicence
                    .computeIfAbsent(taken(component), key -> new ArrayList<>())
                    .add(line(component));
        }
        byLicence.forEach((licence, lines) -> {
            out.append(licence).append('\n');
            lines.forEach(out::append);
            out.append('\n');
        });
        for (Map.Entry<String, Set<String>> text : texts(theirs).entrySet()) {
            out.append(RULE)
                    .append(String.join("\n", text.getValue()))
                    .append('\n')
                    .append(RULE)
                    .append('\n')
                    .append(text.getKey())
                    .append("\n\n");
        }
        return out.toString();
    }

    private String line(Component component) {
        String parts = component.parts().stream()
                .map(it -> "      holds " + it.name() + " " + it.version() + " (" + taken(it) + ")\n")
                .collect(Collectors.joining());
        String choice = component.licence().equals(taken(component)) ? "" : "   [of: " + component.licence() + "]";
        return "  " + component.name() + " " + component.version() + choice + "\n" + parts;
    }

    private String taken(Component component) {
        return Licence.parse(component.licence())
                .taken(review.ids())
                .orElseThrow()
                .toString();
    }

    /** Texts, each with whom it goes with; texts that differ in spaces alone are one. */
    private Map<String, Set<String>> texts(List<Component> components) throws IOException {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, Set<String>> whose = new LinkedHashMap<>();
        for (Component component : components) {
            for (Component each : component.all().toList()) {
                for (Text text : each.texts()) {
                    String content = text.name().equals(COPYRIGHT) ? withLicence(each, text) : text.content();
                    String same = first.computeIfAbsent(content.replaceAll("\\s+", " "), key -> content);
                    whose.computeIfAbsent(same, key -> new LinkedHashSet<>())
                            .add(each.name() + " " + each.version() + ", "
                                    + text.name().substring(text.name().lastIndexOf('/') + 1));
                }
            }
        }
        return whose;
    }

    private String withLicence(Component component, Text copyright) throws IOException {
        StringBuilder whole = new StringBuilder(copyright.content());
        for (String id : Licence.parse(taken(component)).ids()) {
            Path text = folder.resolve(id + ".txt");
            if (Files.exists(text)) {
                whole.append("\n\n").append(Files.readString(text).strip());
            }
        }
        return whole.toString();
    }
}
