package org.alluvium.images.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution of one jar or two, made up. */
class SupplyCheckTest {

    private static final String ALLOWED = """
            allowed:
              - {licence: MIT, text: true, reason: r}
              - {licence: Apache-2.0, text: false, reason: r}
            """;
    private static final String NOTHING_MORE = "components: []\ninside: []\n";

    @TempDir
    private Path temporary;

    private Path folder;
    private Path reviewed;
    private String pomLicence = "\"id\":\"Apache-2.0\"";

    @BeforeEach
    void anEmptyDistribution() throws IOException {
        folder = Files.createDirectories(temporary.resolve("alluvium"));
        reviewed = Files.createDirectories(temporary.resolve("supply/texts")).getParent();
        Files.writeString(reviewed.resolve("texts/MIT.txt"), "Permission is hereby granted");
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + NOTHING_MORE);
        Files.writeString(reviewed.resolve("advisories.yaml"), "reviewed: '2026-11-22'\nadvisories: []\n");
        Files.writeString(temporary.resolve("package-lock.json"), """
                {"packages": {"node_modules/@s/p": {"version": "1.0", "integrity": "sha512-AAEC"}}}""");
    }

    @Test
    void whatIsListedAndAllowedIsShippedWithItsNotices() throws IOException {
        jar("lib/b.jar", Map.of("META-INF/NOTICE", "This product includes b"));
        check();
        assertThat(folder.resolve("THIRD-PARTY.txt"))
                .content()
                .contains("Apache-2.0\n  a:b 1.0\n", "a:b 1.0, NOTICE\n", "This product includes b");
        assertThat(folder.resolve("sbom/alluvium.cdx.json")).content().contains("\"id\" : \"Apache-2.0\"");
    }

    @Test
    void theSameHasTheSameBytes() throws IOException {
        jar("lib/b.jar", Map.of("x.class", "x"));
        check();
        String once = Files.readString(folder.resolve("sbom/alluvium.cdx.json"));
        check();
        assertThat(folder.resolve("sbom/alluvium.cdx.json")).content().isEqualTo(once);
    }

    @Test
    void aJarThatNobodyListsFails() throws IOException {
        jar("lib/b.jar", Map.of("x.class", "x"));
        zip(folder.resolve("lib/c.jar"), Map.of("y.class", "y"));
        assertFails("lib/c.jar is in the distribution, but not in the bill of materials", "Add it by a dependency");
    }

    @Test
    void aLicenceThatNobodyAllowedFailsWithComponentAndWhatToDo() throws IOException {
        pomLicence = "\"id\":\"AGPL-3.0-only\"";
        jar("lib/b.jar", Map.of("x.class", "x"));
        assertFails("a:b 1.0: nobody has allowed AGPL-3.0-only. Do without it, or have the licence reviewed");
    }

    @Test
    void wordsOfAPomAreNoLicenceUntilSomebodyHasReadIt() throws IOException {
        pomLicence = "\"name\":\"do what you want\"";
        jar("lib/b.jar", Map.of("x.class", "x"));
        assertFails("a:b 1.0: its licence is unknown ('do what you want')");
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + """
                components:
                  - {of: 'pkg:maven/a/*', licence: Apache-2.0, reason: its page says so}
                inside: []
                """);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aTextThatIsDueComesOutOfTheJarOrFromTheReview() throws IOException {
        pomLicence = "\"id\":\"MIT\"";
        jar("lib/b.jar", Map.of("x.class", "x"));
        assertFails("a:b 1.0: MIT wants its text in every copy");
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + """
                components:
                  - {of: pkg:maven/a/b, copyright: Copyright of B, reason: no text in the jar}
                inside: []
                """);
        check();
        assertThat(folder.resolve("THIRD-PARTY.txt"))
                .content()
                .contains("Copyright of B\n\nPermission is hereby granted");
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + NOTHING_MORE);
        jar("lib/b.jar", Map.of("LICENSE.txt", "Copyright in the jar. Permission is hereby granted"));
        check();
        assertThat(folder.resolve("THIRD-PARTY.txt")).content().contains("Copyright in the jar");
    }

    @Test
    void aProgramInsideOfAJarFailsUntilSomebodyHasLookedAtThisVersion() throws IOException {
        jar("lib/b.jar", Map.of("linux/libc.so.1", "ELF"));
        assertFails("a:b 1.0 holds [linux/libc.so.1]", "add it to 'inside'");
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + """
                components: []
                inside:
                  - of: pkg:maven/a/b@1.0
                    holds: [{purl: 'pkg:generic/c@3.1', licence: MIT, copyright: Copyright of C}]
                    reason: strings
                """);
        check();
        assertThat(folder.resolve("THIRD-PARTY.txt"))
                .content()
                .contains("holds c 3.1 (MIT)", "Copyright of C\n\nPermission");
        assertThat(folder.resolve("sbom/alluvium.cdx.json")).content().contains("pkg:generic/c@3.1");
    }

    @Test
    void whatANoticeListsInsideIsPartOfTheBillAndOfTheAudit() throws IOException {
        jar(
                "lib/b.jar",
                Map.of("META-INF/NOTICE", " - io.netty:netty-all:linux:4.2.6.Final\n", "META-INF/LICENSE", "A"));
        assertFails("io.netty:netty-all 4.2.6.Final (inside a:b 1.0): its licence is unknown");
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + """
                components:
                  - {of: 'pkg:maven/io.netty/*', licence: Apache-2.0, reason: notice}
                inside: []
                """);
        Files.writeString(reviewed.resolve("advisories.yaml"), """
                reviewed: '2026-11-22'
                advisories:
                  - {id: CVE-9, packages: ['pkg:maven/io.netty/netty-all'], affected: <4.3, fixed: none, severity: low,
                     source: 'https://example.org', what: w,
                     exemption: {justification: code_not_reachable, reason: why, until: '2027-01-01'}}
                """);
        check();
        assertThat(folder.resolve("sbom/alluvium.cdx.json")).content().contains("\"CVE-9\"", "\"detail\" : \"why\"");
    }

    @Test
    void anEntryOfTheReviewThatNamesNothingIsRemoved() throws IOException {
        jar("lib/b.jar", Map.of("x.class", "x"));
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + """
                components:
                  - {of: pkg:maven/gone/gone, licence: MIT, reason: r}
                inside: []
                """);
        assertFails("pkg:maven/gone/gone has an entry in licences.yaml, but is not shipped");
    }

    @Test
    void aKeyThatNobodyKnowsIsRefused() throws IOException {
        jar("lib/b.jar", Map.of("x.class", "x"));
        Files.writeString(reviewed.resolve("licences.yaml"), ALLOWED + NOTHING_MORE + "denied: []\n");
        assertThatThrownBy(this::check).hasMessageContaining("denied");
    }

    private void assertFails(String... words) {
        assertThatThrownBy(this::check).hasMessageContainingAll(words);
        assertThat(folder.resolve("THIRD-PARTY.txt")).doesNotExist();
    }

    private void check() throws IOException {
        SupplyCheck.check(
                folder,
                List.of(temporary.resolve("maven.cdx.json")),
                reviewed,
                temporary.resolve("package-lock.json"),
                LocalDate.parse("2026-11-22"));
    }

    /** Puts a jar into the distribution, and a:b 1.0 with its digest into Maven's bill. */
    private void jar(String path, Map<String, String> content) throws IOException {
        zip(folder.resolve(path), content);
        Files.writeString(
                temporary.resolve("maven.cdx.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                  {"type": "library", "bom-ref": "pkg:maven/a/b@1.0?type=jar", "group": "a", "name": "b", "version": "1.0",
                   "purl": "pkg:maven/a/b@1.0?type=jar", "licenses": [{"license": {%s}}],
                   "hashes": [{"alg": "SHA-256", "content": "%s"}]}]}
                """.formatted(pomLicence, Sha256.of(folder.resolve(path))));
    }

    private static void zip(Path file, Map<String, String> content) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
