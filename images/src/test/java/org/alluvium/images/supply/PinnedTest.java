package org.alluvium.images.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the build downloads by itself is held to a digest in the sources. */
class PinnedTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void everyPackageOfThePagesHasADigest() throws IOException {
        JsonNode packages = new ObjectMapper()
                .readTree(ROOT.resolve("dashboard/ui/package-lock.json").toFile())
                .path("packages");
        List<String> without = new ArrayList<>();
        packages.properties().forEach(it -> {
            boolean pinned = it.getValue().path("integrity").asText().startsWith("sha512-");
            if (!it.getKey().isEmpty() && !pinned) {
                without.add(it.getKey());
            }
        });
        assertThat(packages.size()).isGreaterThan(50);
        assertThat(without).isEmpty();
    }

    @Test
    void directPackagesAreOfOneVersion() throws IOException {
        JsonNode manifest = new ObjectMapper()
                .readTree(ROOT.resolve("dashboard/ui/package.json").toFile());
        for (String kind : List.of("dependencies", "devDependencies")) {
            manifest.path(kind)
                    .properties()
                    .forEach(it ->
                            assertThat(it.getValue().asText()).as(it.getKey()).matches("\\d+\\.\\d+\\.\\d+"));
        }
    }

    @Test
    void mavenAndKubectlHaveDigests() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties")))
                .containsPattern("(?m)^distributionSha512=[0-9a-f]{128}$");
        assertThat(Files.readString(ROOT.resolve("bin/kubectl.sh")))
                .containsPattern("(?m)^kubectl_package=\\S+@\\d+\\.\\d+\\.\\d+$")
                .containsPattern("(?m)^kubectl_sha512=[0-9a-f]{128}$");
    }
}
