package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one object says of another is so: names exist, selectors find pods, ports are open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class ReferencesTest {

    private final Map<Overlay, Manifests> rendered = Manifests.renderAll();

    @ParameterizedTest
    @EnumSource
    void everythingIsInTheNamespaceAndNamedOnce(Overlay overlay) {
        List<Resource> resources = rendered.get(overlay).resources();
        assertThat(resources).extracting(Resource::toString).doesNotHaveDuplicates();
        assertThat(resources.stream().filter(resource -> !resource.isA("Namespace")))
                .allMatch(
                        resource -> resource.at("/metadata/namespace").asText().equals("alluvium"));
    }

    @ParameterizedTest
    @EnumSource
    void whatPodsMountIsThereOrIsToldToBeProvided(Overlay overlay) throws IOException {
        Manifests manifests = rendered.get(overlay);
        String readme = Files.readString(Overlay.MANIFESTS.resolve("README.md"));
        for (Pod pod : manifests.pods()) {
            assertThat(manifests.has(
                            "ServiceAccount",
                            pod.spec().path("serviceAccountName").asText()))
                    .as(pod.name())
                    .isTrue();
            for (JsonNode volume : pod.spec().path("volumes")) {
                Stream.concat(Stream.of(volume), Resource.items(volume.at("/projected/sources")))
                        .forEach(source -> assertProvided(manifests, readme, source));
            }
            for (JsonNode container : pod.spec().path("containers")) {
                assertThat(names(container.path("volumeMounts")))
                        .as(pod.name())
                        .isEqualTo(names(pod.spec().path("volumes")));
            }
        }
    }

    private static void assertProvided(Manifests manifests, String readme, JsonNode source) {
        if (source.has("configMap")) {
            assertThat(manifests.has("ConfigMap", source.at("/configMap/name").asText()))
                    .isTrue();
        }
        if (source.has("persistentVolumeClaim")) {
            assertThat(manifests.has(
                            "PersistentVolumeClaim",
                            source.at("/persistentVolumeClaim/claimName").asText()))
                    .isTrue();
        }
        if (source.has("secret")) {
            String name = source.at("/secret/name").asText();
            String key = source.at("/secret/items/0/key").asText();
            boolean byStrimzi = manifests.has("KafkaUser", name) || name.equals("alluvium-cluster-ca-cert");
            assertThat(byStrimzi || readme.contains("| `" + name + "` | `" + key + "` |"))
                    .as("Secret " + name + " with " + key)
                    .isTrue();
        }
    }

    private static Set<String> names(JsonNode list) {
        return Resource.items(list)
                .map(item -> item.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource
    void servicesFindPodsWithTheirPorts(Overlay overlay) {
        Manifests manifests = rendered.get(overlay);
        assertThat(manifests.all("Service")).isNotEmpty().allSatisfy(service -> {
            List<Pod> pods = selected(manifests, service.at("/spec/selector"));
            assertThat(pods).hasSize(1);
            assertThat(Resource.items(service.at("/spec/ports")))
                    .allMatch(port ->
                            ports(pods.get(0)).contains(port.path("targetPort").asText()));
        });
        assertThat(manifests.all("StatefulSet"))
                .allMatch(set ->
                        manifests.has("Service", set.at("/spec/serviceName").asText()));
        assertThat(manifests.all("Ingress")).allSatisfy(ingress -> {
            JsonNode backend = ingress.at("/spec/rules/0/http/paths/0/backend/service");
            Resource service = manifests.the("Service", backend.path("name").asText());
            assertThat(names(service.at("/spec/ports")))
                    .contains(backend.at("/port/name").asText());
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyPodHasABudgetOfDisruptionAndEveryBudgetAPod(Overlay overlay) {
        Manifests manifests = rendered.get(overlay);
        assertThat(manifests.all("PodDisruptionBudget"))
                .allMatch(budget -> selected(manifests, budget.at("/spec/selector/matchLabels"))
                                .size()
                        == 1);
        assertThat(manifests.pods())
                .allMatch(pod -> manifests
                                .all("PodDisruptionBudget")
                                .filter(budget -> matches(pod, budget.at("/spec/selector/matchLabels")))
                                .count()
                        == 1);
    }

    @ParameterizedTest
    @EnumSource
    void workloadsSelectTheirOwnPods(Overlay overlay) {
        assertThat(rendered.get(overlay).resources().stream()
                        .filter(resource -> resource.isA("Deployment") || resource.isA("StatefulSet")))
                .isNotEmpty()
                .allSatisfy(workload -> {
                    Map<String, String> labels = Resource.texts(workload.at("/spec/template/metadata/labels"));
                    assertThat(labels).containsAllEntriesOf(Resource.texts(workload.at("/spec/selector/matchLabels")));
                    assertThat(labels).containsEntry("app.kubernetes.io/part-of", "alluvium");
                });
    }

    @ParameterizedTest
    @EnumSource
    void probesAskAtPortsThatAreThere(Overlay overlay) {
        for (Pod pod : rendered.get(overlay).pods()) {
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                JsonNode how = pod.container().path(probe);
                String port = how.has("httpGet")
                        ? how.at("/httpGet/port").asText()
                        : how.at("/tcpSocket/port").asText();
                // Flink declares its own: 8081 of the JobManager, 6122 of the TaskManager.
                assertThat(ports(pod).contains(port) || List.of("8081", "6122").contains(port))
                        .as(pod.name() + " " + port)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRODUCTION", "GPU_NVIDIA"})
    void everyPodIsScrapedOnceAndMayBe(Overlay overlay) {
        Manifests manifests = rendered.get(overlay);
        List<String> open = Resource.items(
                        manifests.the("NetworkPolicy", "allow-scraping").at("/spec/ingress/0/ports"))
                .map(port -> port.path("port").asText())
                .toList();
        for (Pod pod : manifests.pods()) {
            List<String> scraped = Stream.concat(
                            manifests
                                    .all("PodMonitor")
                                    .filter(monitor -> matches(pod, monitor.at("/spec/selector/matchLabels")))
                                    .map(monitor -> monitor.at("/spec/podMetricsEndpoints/0/port")
                                            .asText()),
                            manifests.all("ServiceMonitor").flatMap(monitor -> ofService(manifests, monitor, pod)))
                    .toList();
            assertThat(scraped).as(pod.name()).hasSize(1);
            assertThat(open).containsAll(scraped);
            assertThat(ports(pod)).containsAll(scraped);
        }
    }

    /** The target port of a monitor's endpoint, of each service that it selects and that selects the pod. */
    private static Stream<String> ofService(Manifests manifests, Resource monitor, Pod pod) {
        return manifests
                .all("Service")
                .filter(service -> Resource.texts(service.at("/metadata/labels"))
                        .entrySet()
                        .containsAll(Resource.texts(monitor.at("/spec/selector/matchLabels"))
                                .entrySet()))
                .filter(service -> matches(pod, service.at("/spec/selector")))
                .flatMap(service -> Resource.items(service.at("/spec/ports")))
                .filter(port -> port.path("name").equals(monitor.at("/spec/endpoints/0/port")))
                .map(port -> port.path("targetPort").asText());
    }

    @ParameterizedTest
    @EnumSource
    void networkPoliciesAndSpreadsSelectPodsThatThereAre(Overlay overlay) {
        Manifests manifests = rendered.get(overlay);
        assertThat(manifests
                        .all("NetworkPolicy")
                        .map(policy -> policy.at("/spec/podSelector/matchLabels"))
                        .filter(labels -> !labels.isMissingNode() && !labels.has("strimzi.io/cluster")))
                .isNotEmpty()
                .allMatch(labels -> !selected(manifests, labels).isEmpty());
        assertThat(manifests.pods())
                .allSatisfy(pod -> assertThat(Resource.items(pod.spec().path("topologySpreadConstraints")))
                        .allMatch(spread -> matches(pod, spread.at("/labelSelector/matchLabels"))));
        assertThat(manifests.all("HorizontalPodAutoscaler"))
                .allMatch(scaler -> manifests.has(
                        scaler.at("/spec/scaleTargetRef/kind").asText(),
                        scaler.at("/spec/scaleTargetRef/name").asText()));
    }

    private static List<Pod> selected(Manifests manifests, JsonNode labels) {
        return manifests.pods().stream().filter(pod -> matches(pod, labels)).toList();
    }

    private static boolean matches(Pod pod, JsonNode labels) {
        return pod.labels().entrySet().containsAll(Resource.texts(labels).entrySet());
    }

    /** Names and numbers of a pod's ports. */
    private static Set<String> ports(Pod pod) {
        return pod.containers()
                .flatMap(container -> Resource.items(container.path("ports")))
                .flatMap(port -> Stream.of(
                        port.path("name").asText(), port.path("containerPort").asText()))
                .collect(Collectors.toSet());
    }
}
