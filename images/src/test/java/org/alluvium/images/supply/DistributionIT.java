package org.alluvium.images.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.alluvium.contracts.store.Sha256;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The distribution that this build has put together. */
class DistributionIT {

    private static final Path FOLDER = Path.of("target/alluvium");
    private static final Path BILL = FOLDER.resolve("sbom/alluvium.cdx.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        bill = MAPPER.readTree(BILL.toFile());
    }

    @Test
    void itsBillOfMaterialsFollowsTheSchemaOfCycloneDx() throws Exception {
        assertThat(new JsonParser().validate(BILL.toFile(), Version.VERSION_16)).isEmpty();
    }

    @Test
    void everyJarIsInTheBillByItsDigestAndNothingElseIs() throws IOException {
        TreeSet<String> digests = new TreeSet<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path jar : files.filter(it -> it.toString().endsWith(".jar")).toList()) {
                digests.add(Sha256.of(jar));
            }
        }
        List<String> listed = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    listed.add(hash.path("content").asText());
                }
            }
        }
        assertThat(digests).hasSizeGreaterThan(100);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(digests);
    }

    @Test
    void everyPackageInThePagesIsInTheBill() throws IOException {
        List<String> bundled = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("lib"))) {
            Path jar = files.filter(it -> it.getFileName().toString().startsWith("alluvium-dashboard-"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry pages = zip.getEntry(Distribution.PAGES);
                assertThat(pages == null).isEqualTo(zip.getEntry("org/alluvium/dashboard/ui/index.html") == null);
                if (pages != null) {
                    try (InputStream in = zip.getInputStream(pages)) {
                        MAPPER.readTree(in)
                                .forEach(it -> bundled.add("pkg:npm/"
                                        + it.path("name").asText().replace("@", "%40") + "@"
                                        + it.path("version").asText()));
                    }
                }
            }
        }
        List<String> listed = bill.findValuesAsText("purl").stream()
                .filter(it -> it.startsWith("pkg:npm/"))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(bundled);
    }

    @Test
    void everyComponentAndPartHasALicence() {
        List<JsonNode> components = bill.findParents("purl");
        assertThat(components).hasSizeGreaterThan(200);
        assertThat(components)
                .allSatisfy(it -> assertThat(it.at("/licenses/0").isEmpty())
                        .as(it.path("purl").asText())
                        .isFalse());
    }

    @Test
    void nothingInTheBillChangesWithTheTime() {
        assertThat(bill.findValues("timestamp")).isEmpty();
        assertThat(bill.path("serialNumber").asText()).startsWith("urn:uuid:");
    }

    /** Of the time of the sources and not of the build: one way in which jars of the same sources differ. */
    @Test
    void ourJarsHaveOneTimeForAllOfTheirFiles() throws IOException {
        TreeSet<String> times = new TreeSet<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("lib"))) {
            for (Path jar : files.filter(it -> it.getFileName().toString().startsWith("alluvium-"))
                    .toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream().forEach(it -> times.add(it.getTimeLocal().toString()));
                }
            }
        }
        assertThat(times).hasSize(1);
    }

    @Test
    void theTextsNameEveryComponentThatIsNotOurs() throws IOException {
        String text = Files.readString(FOLDER.resolve("THIRD-PARTY.txt"));
        List<String> missing = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            Component it = new Component(Component.plain(component.path("purl").asText()), "", List.of(), List.of());
            if (!it.isOurs() && !text.contains("  " + it.name() + " " + it.version())) {
                missing.add(it.purl());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(text).contains("libgomp 0 (GPL-3.0-or-later WITH GCC-exception-3.1)", "GNU GENERAL PUBLIC LICENSE");
    }
}
