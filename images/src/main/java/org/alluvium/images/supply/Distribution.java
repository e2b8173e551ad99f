package org.alluvium.images.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.images.supply.Component.Text;

/**
 * What is in the folder of a distribution: every jar of it, what Maven's list says of it, and what is inside it.
 *
 * @param components by purl, with the licences that their makers say and those of the review
 * @param digests of components that Maven does not list: algorithm and hexadecimal digits by purl
 * @param owners of components that Maven does not list: the component that has them inside
 * @param problems in sentences: what nobody lists, or nobody has looked at
 */
record Distribution(
        List<Component> components,
        Map<String, Map.Entry<String, String>> digests,
        Map<String, String> owners,
        List<String> problems) {

    /** What the build of the pages writes: name, version, licence and its text of each package whose code is in them. */
    static final String PAGES = "org/alluvium/dashboard/ui/third-party.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Looks at every jar.
     *
     * @param lockfile of npm, which has the digests of the packages in the pages
     */
    static Distribution look(Path folder, Bill bill, Review review, Path lockfile) throws IOException {
        return new Look(bill.byDigest(), review, MAPPER.readTree(lockfile.toFile())).at(folder);
    }

    private static final class Look {
        private final Map<String, Component> listed;
        private final Review review;
        private final JsonNode lockfile;
        private final Map<String, Component> found = new TreeMap<>();
        private final Map<String, Map.Entry<String, String>> digests = new HashMap<>();
        private final Map<String, String> owners = new HashMap<>();
        private final List<Map.Entry<Path, JarContent>> made = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Look(Map<String, Component> listed, Review review, JsonNode lockfile) {
            this.listed = listed;
            this.review = review;
            this.lockfile = lockfile;
        }

        Distribution at(Path folder) throws IOException {
            List<Path> jars;
            try (Stream<Path> files = Files.walk(folder)) {
                jars = files.filter(it -> it.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
            }
            for (Path jar : jars) {
                look(folder, jar);
            }
            made.forEach(it -> isMadeOfListed(folder.relativize(it.getKey()), it.getValue()));
            listed.values().stream()
                    .filter(it -> !found.containsKey(it.purl()))
                    .forEach(
                            it -> problems.add(
                                    it.name() + " " + it.version()
                                            + " is in the bill of materials, but not in the distribution. Exclude it where it is depended on"));
            review.idle(List.copyOf(found.values()))
                    .forEach(of ->
                            problems.add(of + " has an entry in licences.yaml, but is not shipped. Remove the entry"));
            return new Distribution(
                    List.copyOf(found.values()), Map.copyOf(digests), Map.copyOf(owners), List.copyOf(problems));
        }

        private void look(Path folder, Path jar) throws IOException {
            String digest = Sha256.of(jar);
            Component component = listed.get(digest);
            JarContent content = JarContent.read(jar);
            if (component != null && component.isOurs()) {
                found.put(component.purl(), component);
                packagesIn(jar, component);
            } else if (component != null) {
                found.putIfAbsent(component.purl(), inside(component, content));
            } else if (content.bundled().stream().anyMatch(it -> it.startsWith("pkg:maven/org.alluvium/"))) {
                String version = content.bundled().stream()
                        .filter(it -> it.startsWith("pkg:maven/org.alluvium/"))
                        .findFirst()
                        .map(it -> it.substring(it.lastIndexOf('@')))
                        .orElseThrow();
                Component ours = new Component(
                        "pkg:generic/alluvium/" + jar.getFileName() + version, "Apache-2.0", List.of(), List.of());
                found.put(ours.purl(), ours);
                digests.put(ours.purl(), Map.entry("SHA-256", digest));
                made.add(Map.entry(jar, content));
            } else {
                problems.add(
                        folder.relativize(jar) + " is in the distribution, but not in the bill of materials (SHA-256 "
                                + digest + "). Add it by a dependency of Maven's, which lists it");
            }
        }

        /** A jar of ours that was put together from others. */
        private void isMadeOfListed(Path jar, JarContent content) {
            List<String> known = found.values().stream()
                    .flatMap(Component::all)
                    .map(Component::purl)
                    .toList();
            content.bundled().stream()
                    .filter(it -> !known.contains(it))
                    .forEach(it -> problems.add(
                            jar + " holds " + it + ", which is nowhere else in the distribution, so nobody lists it"));
        }

        private Component inside(Component component, JarContent content) {
            List<String> bundled = content.bundled().stream()
                    .filter(it -> !it.equals(component.purl()))
                    .toList();
            var reviewed = review.inside(component);
            if (reviewed.isEmpty()
                    && (!content.opaque().isEmpty()
                            || (bundled.isEmpty() && !content.relocated().isEmpty()))) {
                problems.add(component.name() + " " + component.version() + " holds "
                        + Stream.concat(content.opaque().stream(), content.relocated().stream())
                                .toList()
                        + ". Find out what that is made of, and add it to 'inside' of licences.yaml");
            }
            Stream<Component> parts = bundled.stream().map(it -> reviewed(new Component(it, "", List.of(), List.of())));
            Stream<Component> hidden = reviewed.stream()
                    .flatMap(it -> it.holds().stream())
                    .map(it -> new Component(it.purl(), it.licence(), lines(it.copyright()), List.of()));
            return reviewed(component)
                    .with(
                            reviewed(component).licence(),
                            Stream.concat(content.texts().stream(), reviewed(component).texts().stream())
                                    .toList(),
                            Stream.concat(parts, hidden).toList());
        }

        private Component reviewed(Component component) {
            return review.of(component)
                    .map(it -> component.with(
                            it.licence() == null ? component.licence() : it.licence(),
                            lines(it.copyright()),
                            component.parts()))
                    .orElse(component);
        }

        private static List<Text> lines(String copyright) {
            return copyright == null ? List.of() : List.of(new Text(Texts.COPYRIGHT, copyright.strip()));
        }

        private void packagesIn(Path jar, Component owner) throws IOException {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry pages = zip.getEntry(PAGES);
                if (pages == null) {
                    return;
                }
                try (InputStream in = zip.getInputStream(pages)) {
                    for (JsonNode it : MAPPER.readTree(in)) {
                        add(it, owner);
                    }
                }
            }
        }

        private void add(JsonNode it, Component owner) {
            String name = it.path("name").asText();
            String version = it.path("version").asText();
            Component component = new Component(
                    "pkg:npm/" + name.replace("@", "%40") + "@" + version,
                    it.path("identifier").asText(),
                    List.of(new Text("LICENSE", it.path("text").asText().strip())),
                    List.of());
            JsonNode locked = lockfile.path("packages").path("node_modules/" + name);
            String integrity = locked.path("integrity").asText();
            if (!locked.path("version").asText().equals(version) || !integrity.startsWith("sha512-")) {
                problems.add("the pages hold " + name + " " + version
                        + ", which dashboard/ui/package-lock.json does not have with a SHA-512. Run npm install there");
                return;
            }
            found.put(component.purl(), component);
            digests.put(
                    component.purl(),
                    Map.entry(
                            "SHA-512",
                            HexFormat.of()
                                    .formatHex(Base64.getDecoder().decode(integrity.substring("sha512-".length())))));
            owners.put(component.purl(), owner.purl());
        }
    }
}
