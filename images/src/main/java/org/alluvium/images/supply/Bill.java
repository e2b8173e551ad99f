package org.alluvium.images.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A bill of materials of CycloneDX 1.6. Maven writes one of what it resolved; {@link #complete} adds what only a look at the
 * distribution tells. The same content has the same bytes: there is no time in it, and its serial number is a digest of the rest.
 */
final class Bill {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode root;

    private Bill(ObjectNode root) {
        this.root = root;
    }

    /** Reads Maven's bills of several modules; the first one's is what the whole is called. */
    static Bill read(List<Path> files) throws IOException {
        ObjectNode whole = (ObjectNode) MAPPER.readTree(files.getFirst().toFile());
        for (Path file : files.subList(1, files.size())) {
            JsonNode more = MAPPER.readTree(file.toFile());
            add(whole.withArray("components"), more.path("components"), "bom-ref");
            add(whole.withArray("dependencies"), more.path("dependencies"), "ref");
        }
        return new Bill(whole);
    }

    private static void add(ArrayNode known, JsonNode more, String key) {
        Set<JsonNode> names = StreamSupport.stream(known.spliterator(), false)
                .map(it -> it.path(key))
                .collect(Collectors.toSet());
        for (JsonNode it : more) {
            if (!names.contains(it.path(key))) {
                known.add(it);
            }
        }
    }

    /** What Maven lists, by the SHA-256 of its file. */
    Map<String, Component> byDigest() {
        return entries().stream().collect(Collectors.toMap(Bill::digest, Bill::component));
    }

    /**
     * Adds to what Maven wrote.
     *
     * @param shipped what is in the distribution: what Maven listed, with licences and parts, and what it did not list
     * @param digests of what Maven did not list: algorithm and hexadecimal digits by purl
     * @param owners by the purl of what Maven did not list, the purl of the component that has it inside
     * @param touching advisories that a component lies in the range of, and why that is no harm
     */
    String complete(
            List<Component> shipped,
            Map<String, Map.Entry<String, String>> digests,
            Map<String, String> owners,
            List<Audit.Finding> touching)
            throws IOException {
        ObjectNode bill = root.deepCopy();
        Map<String, ObjectNode> listed = new HashMap<>();
        for (JsonNode entry : bill.withArray("components")) {
            listed.put(Component.plain(entry.path("purl").asText()), (ObjectNode) entry);
        }
        for (Component component : shipped) {
            ObjectNode entry = listed.get(component.purl());
            if (entry == null) {
                entry = bill.withArray("components").addObject();
                describe(entry, component, component.purl());
                Map.Entry<String, String> digest = digests.get(component.purl());
                if (digest != null) {
                    entry.putArray("hashes")
                            .addObject()
                            .put("alg", digest.getKey())
                            .put("content", digest.getValue());
                }
                bill.withArray("dependencies").addObject().put("ref", component.purl());
                dependOn(bill, listed.get(owners.get(component.purl())), component.purl());
            }
            license(entry, component);
            nest(entry, component);
        }
        ArrayNode vulnerabilities = bill.putArray("vulnerabilities");
        for (Audit.Finding finding : touching) {
            finding.describe(vulnerabilities.addObject(), reference(bill, finding.component()));
        }
        String digestible = MAPPER.writeValueAsString(bill.without("serialNumber"));
        bill.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(digestible.getBytes(StandardCharsets.UTF_8)));
        return MAPPER.writeValueAsString(bill) + "\n";
    }

    private static void dependOn(ObjectNode bill, ObjectNode owner, String ref) {
        for (JsonNode dependency : bill.path("dependencies")) {
            if (owner != null && dependency.path("ref").equals(owner.path("bom-ref"))) {
                ((ObjectNode) dependency).withArray("dependsOn").add(ref);
            }
        }
    }

    private static void nest(ObjectNode entry, Component component) {
        for (Component part : component.parts()) {
            ObjectNode inner = entry.withArray("components").addObject();
            describe(inner, part, entry.path("bom-ref").asText() + "#" + part.purl());
            license(inner, part);
        }
    }

    private static void describe(ObjectNode entry, Component component, String ref) {
        String name = component.identity().substring(component.identity().lastIndexOf('/') + 1);
        entry.put("type", "library").put("bom-ref", ref);
        String path = component.identity().substring(component.identity().indexOf('/') + 1);
        if (path.length() > name.length()) {
            entry.put(
                    "group",
                    path.substring(0, path.length() - name.length() - 1).replace("%40", "@"));
        }
        entry.put("name", name).put("version", component.version()).put("purl", component.purl());
    }

    private static void license(ObjectNode entry, Component component) {
        boolean one = component.licence().indexOf(' ') < 0;
        ObjectNode choice = entry.putArray("licenses").addObject();
        if (one) {
            choice.putObject("license").put("id", component.licence());
        } else {
            choice.put("expression", component.licence());
        }
    }

    /** Where a component is in a bill, at the first place if at many: the reference that advisories point to. */
    private static String reference(JsonNode bill, Component component) {
        return bill.findParents("bom-ref").stream()
                .filter(entry -> Component.plain(entry.path("purl").asText()).equals(component.purl()))
                .map(entry -> entry.path("bom-ref").asText())
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> entries() {
        return StreamSupport.stream(root.path("components").spliterator(), false)
                .toList();
    }

    private static String digest(JsonNode entry) {
        for (JsonNode hash : entry.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        return entry.path("purl").asText();
    }

    /** Of many licences in a pom whoever uses it may choose, as Maven's documentation of poms has it. */
    private static Component component(JsonNode entry) {
        String licence = StreamSupport.stream(entry.path("licenses").spliterator(), false)
                .map(it -> it.has("expression")
                        ? it.path("expression").asText()
                        : it.at("/license/id").asText(it.at("/license/name").asText()))
                .collect(Collectors.joining(" OR "));
        return new Component(Component.plain(entry.path("purl").asText()), licence, List.of(), List.of());
    }
}
