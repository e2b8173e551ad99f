package org.alluvium.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** All objects of an overlay, as {@code kubectl kustomize} renders them. */
record Manifests(List<Resource> resources) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The condition of every test here. */
    static boolean kubectlIsThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Path.of(folder, "kubectl").toFile().canExecute());
    }

    static Map<Overlay, Manifests> renderAll() {
        return Arrays.stream(Overlay.values())
                .collect(Collectors.toMap(Function.identity(), overlay -> render(overlay.in(Overlay.MANIFESTS))));
    }

    static Manifests render(Path folder) {
        try {
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize " + folder + " failed; see above");
            }
            return parse(yaml);
        } catch (IOException e) {
            throw new IllegalStateException("kubectl cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Manifests parse(String yaml) {
        List<Resource> resources = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> resources.add(new Resource(JSON.valueToTree(document))));
        return new Manifests(List.copyOf(resources));
    }

    Stream<Resource> all(String kind) {
        return resources.stream().filter(resource -> resource.isA(kind));
    }

    /** The one of a kind and name. */
    Resource the(String kind, String name) {
        return all(kind)
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + "/" + name));
    }

    boolean has(String kind, String name) {
        return all(kind).anyMatch(resource -> resource.name().equals(name));
    }

    /** The one ConfigMap that holds the configuration. */
    Resource configuration() {
        return all("ConfigMap")
                .filter(resource -> resource.at("/data").has("alluvium.yaml"))
                .reduce((one, other) -> {
                    throw new AssertionError("two configurations: " + one + ", " + other);
                })
                .orElseThrow(() -> new AssertionError("no configuration"));
    }

    /** The pods that will run, whatever makes them. */
    List<Pod> pods() {
        return resources.stream().flatMap(Pod::madeBy).toList();
    }
}
