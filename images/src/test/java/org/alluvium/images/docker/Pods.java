package org.alluvium.images.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The containers that the manifests for Kubernetes start from our images. */
final class Pods {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MANIFESTS = Image.MODULE.resolveSibling("k8s");

    private Pods() {}

    /**
     * A container.
     *
     * @param owner kind and name of what starts it
     * @param image without registry and version
     * @param resource what starts it
     * @param pod its pod's {@code spec}
     * @param json of it
     */
    record Container(String owner, String image, JsonNode resource, JsonNode pod, JsonNode json) {

        List<String> arguments() {
            return items(json.path("args")).map(JsonNode::asText).toList();
        }

        List<String> ports() {
            return items(json.path("ports"))
                    .map(port -> port.path("containerPort").asText())
                    .toList();
        }

        /** Folders that it may write to. */
        List<String> writes() {
            return items(json.path("volumeMounts"))
                    .filter(mount -> !mount.path("readOnly").asBoolean())
                    .map(mount -> mount.path("mountPath").asText())
                    .toList();
        }

        String user() {
            JsonNode context = pod.path("securityContext");
            return context.path("runAsUser").asText() + ":"
                    + context.path("runAsGroup").asText();
        }
    }

    /** The condition of tests that render. */
    static boolean kubectlIsThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    /** Of all overlays. */
    static List<Container> ofAllOverlays() {
        try (Stream<Path> overlays = Files.list(MANIFESTS.resolve("overlays"))) {
            return overlays.sorted().flatMap(overlay -> of(render(overlay))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one file of the manifests, as it stands. */
    static Container in(String file) {
        try {
            return of(Files.readString(MANIFESTS.resolve(file)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no container in " + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the manifests, such as one that becomes a part of the configuration. */
    static String text(String file) {
        try {
            return Files.readString(MANIFESTS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Container> of(String yaml) {
        List<JsonNode> resources = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> resources.add(JSON.valueToTree(document)));
        return resources.stream().flatMap(Pods::of);
    }

    private static Stream<Container> of(JsonNode resource) {
        String kind = resource.path("kind").asText();
        String owner = kind + "/" + resource.at("/metadata/name").asText();
        return switch (kind) {
            case "Deployment", "StatefulSet" -> {
                JsonNode pod = resource.at("/spec/template/spec");
                yield items(pod.path("containers"))
                        .map(json ->
                                new Container(owner, title(json.path("image").asText()), resource, pod, json));
            }
            case "FlinkDeployment" -> {
                JsonNode pod = resource.at("/spec/podTemplate/spec");
                String image = title(resource.at("/spec/image").asText());
                yield items(pod.path("containers")).map(json -> new Container(owner, image, resource, pod, json));
            }
            default -> Stream.empty();
        };
    }

    private static String title(String image) {
        return image.replaceFirst("^alluvium/", "").replaceFirst(":.*", "");
    }

    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String render(Path overlay) {
        try {
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize " + overlay + " failed; see above");
            }
            return yaml;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
