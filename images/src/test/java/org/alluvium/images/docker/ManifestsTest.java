package org.alluvium.images.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.cli.Main;
import org.alluvium.images.docker.Pods.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the manifests for Kubernetes say of an image is so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "org.alluvium.images.docker.Pods#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class ManifestsTest {

    /** Folders that bases have, open to everybody or to Flink's user. */
    private static final List<String> OF_BASES = List.of("/tmp", "/opt/flink/log");

    private final List<Container> containers = Pods.ofAllOverlays();

    private List<Container> of(Image image) {
        List<Container> found = containers.stream()
                .filter(container -> container.image().equals(image.title()))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    @Test
    void everyContainerIsOfAnImageThatIsBuiltHere() {
        assertThat(containers)
                .extracting(Container::image)
                .isSubsetOf(Arrays.stream(Image.values()).map(Image::title).toList());
    }

    @ParameterizedTest
    @EnumSource
    void thePodRunsAsTheUserOfTheImageOnARootThatIsReadOnly(Image image) {
        String user = image.dockerfile().result().last("USER").arguments();
        assertThat(of(image)).allSatisfy(container -> {
            assertThat(container.user()).isEqualTo(user);
            assertThat(container
                            .json()
                            .at("/securityContext/readOnlyRootFilesystem")
                            .asBoolean())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void thePortsOfContainersAreThoseThatTheImageExposes(Image image) {
        List<String> exposed = image.dockerfile().result().last("EXPOSE").words();
        assertThat(of(image).stream()
                        .flatMap(container -> container.ports().stream())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(exposed);
        image.dockerfile()
                .result()
                .last("HEALTHCHECK")
                .execForm()
                .ifPresent(check -> assertThat(check.subList(1, check.size())).isEqualTo(exposed));
    }

    @ParameterizedTest
    @EnumSource
    void foldersThatMayBeWrittenAreInTheImageAndItsUsers(Image image) {
        Set<String> writable = foldersOfTheUser(image);
        writable.addAll(OF_BASES);
        Set<String> mounted = of(image).stream()
                .flatMap(container -> container.writes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(writable).containsAll(mounted);
        assertThat(of(image))
                .allSatisfy(container -> assertThat(container.writes()).contains("/tmp"));
        // And the image sends nothing elsewhere.
        image.dockerfile()
                .result()
                .all("ENV")
                .flatMap(variables -> variables.pairs().entrySet().stream())
                .filter(variable -> Set.of("HOME", "TMPDIR", "XDG_CACHE_HOME", "FLINK_LOG_DIR")
                        .contains(variable.getKey()))
                .forEach(variable -> assertThat(mounted).contains(variable.getValue()));
    }

    /** What {@code install -d -o USER -g GROUP FOLDER…} makes for the user that the image runs as. */
    private static Set<String> foldersOfTheUser(Image image) {
        String[] user = image.dockerfile().result().last("USER").arguments().split(":", -1);
        String install = "install -d -o " + user[0] + " -g " + user[1] + " ";
        return image.dockerfile()
                .result()
                .all("RUN")
                .flatMap(run -> Arrays.stream(run.text().split(" && ", -1)))
                .filter(command -> command.startsWith(install))
                .flatMap(
                        command -> Stream.of(command.substring(install.length()).split(" ", -1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(names = "INGEST", mode = EnumSource.Mode.EXCLUDE)
    void argumentsAreOnesThatTheProgramTakes(Image image) {
        assertThat(image.dockerfile().result().last("ENTRYPOINT").words())
                .containsExactly("/opt/alluvium/bin/alluvium");
        assertTaken(image.dockerfile().result().last("CMD").words());
        assertThat(of(image)).allSatisfy(container -> {
            assertThat(container.json().has("command")).isFalse();
            assertTaken(container.arguments());
        });
    }

    private static void assertTaken(List<String> arguments) {
        assertThat(arguments).isNotEmpty();
        assertThatCode(() -> Main.commandLine().parseArgs(arguments.toArray(String[]::new)))
                .as(String.join(" ", arguments))
                .doesNotThrowAnyException();
    }

    @Test
    void flinkFindsTheJobAndThePluginsThatItsSettingsName() throws ClassNotFoundException {
        List<String> copied = Image.INGEST
                .dockerfile()
                .result()
                .all("COPY")
                .map(copy -> copy.words().getLast())
                .toList();
        for (Container container : of(Image.INGEST)) {
            JsonNode spec = container.resource().path("spec");
            assertThat(spec.at("/job/jarURI").asText()).startsWith("local:///opt/flink/usrlib/");
            Class.forName(spec.at("/job/entryClass").asText(), false, getClass().getClassLoader());
            assertThat(copied).contains("/opt/flink/usrlib/");
            if (spec.path("flinkConfiguration").toString().contains("s3://")) {
                assertThat(copied).contains("/opt/flink/plugins/s3-fs-native/");
            }
            assertThat(spec.path("flinkVersion").asText()).isEqualTo("v2_3");
            assertThat(Image.INGEST.dockerfile().result().base()).startsWith("flink:2.3.");
        }
    }
}
