package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another configuration is another ConfigMap, and so another pod of everything that reads it. */
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class RollTest {

    @ParameterizedTest
    @EnumSource
    void anotherConfigurationHasAnotherNameEverywhere(Overlay overlay, @TempDir Path copy) throws IOException {
        copyManifests(copy);
        Manifests before = Manifests.render(overlay.in(copy));

        Files.writeString(copy.resolve("base/alluvium.yaml"), "# changed\n", StandardOpenOption.APPEND);
        Manifests after = Manifests.render(overlay.in(copy));

        String old = before.configuration().name();
        assertThat(old).matches("alluvium-[a-z0-9]{10}");
        assertThat(after.configuration().name()).isNotEqualTo(old);
        assertThat(after.resources())
                .noneMatch(resource -> resource.json().toString().contains(old));
        assertThat(configurations(after))
                .hasSameSizeAs(after.pods())
                .containsOnly(after.configuration().name());
    }

    @ParameterizedTest
    @EnumSource
    void anotherPlaceIsAnotherNameToo(Overlay overlay, @TempDir Path copy) throws IOException {
        copyManifests(copy);
        String old = Manifests.render(overlay.in(copy)).configuration().name();

        String place = overlay == Overlay.LOCAL ? "overlays/local/place.yaml" : "overlays/production/place.yaml";
        Files.writeString(copy.resolve(place), "# changed\n", StandardOpenOption.APPEND);

        assertThat(Manifests.render(overlay.in(copy)).configuration().name()).isNotEqualTo(old);
    }

    /** The ConfigMaps that pods mount. */
    private static List<String> configurations(Manifests manifests) {
        return manifests.pods().stream()
                .flatMap(pod -> Resource.items(pod.spec().path("volumes")))
                .flatMap(volume -> Resource.items(volume.at("/projected/sources")))
                .filter(source -> source.has("configMap"))
                .map(source -> source.at("/configMap/name").asText())
                .toList();
    }

    private static void copyManifests(Path copy) throws IOException {
        for (String part : List.of("base", "components", "overlays", "monitoring")) {
            Path from = Overlay.MANIFESTS.resolve(part);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(part).resolve(from.relativize(file)));
                }
            }
        }
    }
}
