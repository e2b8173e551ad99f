package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every pod of every overlay is held to: Kubernetes' profile "restricted", and more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class SecurityPolicyTest {

    private static final Pattern IMAGE = Pattern.compile("[a-z0-9./_-]+(:[0-9][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})");

    private final Map<Overlay, Manifests> rendered = Manifests.renderAll();

    private void everyPod(Overlay overlay, Consumer<Pod> rule) {
        assertThat(rendered.get(overlay).pods()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(rule);
    }

    private void everyContainer(Overlay overlay, Consumer<JsonNode> rule) {
        everyPod(overlay, pod -> assertThat(pod.containers()).isNotEmpty().allSatisfy(rule));
    }

    @ParameterizedTest
    @EnumSource
    void podsRunAsAUserWithoutPrivilegesUnderSeccomp(Overlay overlay) {
        everyPod(overlay, pod -> {
            JsonNode context = pod.spec().path("securityContext");
            assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(context.path("runAsUser").asInt()).isIn(9999, 10001);
            assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.spec().has("hostNetwork")
                            || pod.spec().has("hostPID")
                            || pod.spec().has("hostIPC"))
                    .isFalse();
            assertThat(Resource.items(pod.spec().path("volumes"))).noneMatch(volume -> volume.has("hostPath"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void containersHaveNoCapabilityAndAReadOnlyRoot(Overlay overlay) {
        everyContainer(overlay, container -> {
            JsonNode context = container.path("securityContext");
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(context.at("/capabilities/add").isMissingNode()).isTrue();
            assertThat(context.path("privileged").asBoolean()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void containersSayWhatTheyNeedAndMayTake(Overlay overlay) {
        everyContainer(overlay, container -> {
            JsonNode resources = container.path("resources");
            assertThat(List.of("cpu", "memory", "ephemeral-storage")).allSatisfy(amount -> {
                assertThat(resources.path("requests").path(amount).asText()).isNotEmpty();
                assertThat(resources.path("limits").path(amount).asText()).isNotEmpty();
            });
            // Memory that is promised twice is taken away at the worst time.
            assertThat(resources.at("/requests/memory")).isEqualTo(resources.at("/limits/memory"));
        });
        everyPod(
                overlay,
                pod -> assertThat(Resource.items(pod.spec().path("volumes")).filter(volume -> volume.has("emptyDir")))
                        .allMatch(volume -> volume.path("emptyDir").has("sizeLimit")));
    }

    @ParameterizedTest
    @EnumSource
    void imagesAreOfOneVersion(Overlay overlay) {
        everyContainer(
                overlay,
                container -> assertThat(container.path("image").asText()).matches(IMAGE));
    }

    @ParameterizedTest
    @EnumSource
    void containersAreProbed(Overlay overlay) {
        everyContainer(
                overlay,
                container -> assertThat(List.of("startupProbe", "readinessProbe", "livenessProbe"))
                        .allMatch(container::has));
    }

    @ParameterizedTest
    @EnumSource
    void onlyFlinkMayAskTheCluster(Overlay overlay) {
        everyPod(overlay, pod -> {
            boolean mounts = pod.spec().path("automountServiceAccountToken").asBoolean(true);
            assertThat(mounts).isEqualTo(pod.name().startsWith("FlinkDeployment"));
            assertThat(pod.spec().path("serviceAccountName").asText()).startsWith("alluvium-");
        });
        Manifests manifests = rendered.get(overlay);
        assertThat(manifests.all("ServiceAccount"))
                .allMatch(
                        account -> !account.at("/automountServiceAccountToken").asBoolean(true));
        assertThat(manifests.all("ClusterRole")).isEmpty();
        assertThat(manifests.all("Role").flatMap(role -> Resource.items(role.at("/rules"))))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule.toString()).doesNotContain("*", "secrets", "pods/exec");
                });
    }

    @ParameterizedTest
    @EnumSource
    void theNamespaceRefusesLessAndTheNetworkIsClosed(Overlay overlay) {
        Manifests manifests = rendered.get(overlay);
        assertThat(Resource.texts(manifests.the("Namespace", "alluvium").at("/metadata/labels")))
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        JsonNode deny = manifests.the("NetworkPolicy", "default-deny").at("/spec");
        assertThat(deny.path("podSelector").isEmpty()).isTrue();
        assertThat(deny.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(deny.has("ingress") || deny.has("egress")).isFalse();
        // Whoever may go anywhere may still not go everywhere.
        assertThat(manifests
                        .all("NetworkPolicy")
                        .flatMap(policy -> Resource.items(policy.at("/spec/egress")))
                        .filter(rule -> rule.toString().contains("0.0.0.0/0")))
                .allSatisfy(rule -> {
                    assertThat(rule.path("ports")).isNotEmpty();
                    assertThat(rule.toString()).contains("169.254.0.0/16");
                });
    }

    @ParameterizedTest
    @EnumSource
    void noSecretIsInTheManifests(Overlay overlay) {
        Manifests manifests = rendered.get(overlay);
        assertThat(manifests.all("Secret")).isEmpty();
        assertThat(manifests.pods().stream()
                        .flatMap(Pod::containers)
                        .flatMap(container -> Resource.items(container.path("env"))))
                .noneMatch(variable ->
                        variable.path("name").asText().matches("(?i).*(secret|password|token|access_key).*"));
        assertThat(manifests.configuration().at("/data").toString())
                .doesNotContainPattern("(?i)(password|accessKey|secretKey)\\\\?\"?:");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsServedBetweenNodesIsServedByHttps(Overlay overlay) {
        boolean tls = overlay != Overlay.LOCAL;
        Manifests manifests = rendered.get(overlay);
        assertThat(manifests.pods().stream().filter(pod -> !pod.name().startsWith("FlinkDeployment")))
                .hasSize(tls ? 3 : 2)
                .allSatisfy(pod -> {
                    assertThat(List.of("startupProbe", "readinessProbe", "livenessProbe"))
                            .extracting(probe -> pod.container()
                                    .at("/" + probe + "/httpGet/scheme")
                                    .asText("HTTP"))
                            .containsOnly(tls ? "HTTPS" : "HTTP");
                    assertThat(pod.spec().path("volumes").toString().contains("secrets/tls/tls.key"))
                            .isEqualTo(tls);
                });
        assertThat(manifests.all("Ingress").map(ingress -> Resource.texts(ingress.at("/metadata/annotations"))))
                .allSatisfy(annotations -> assertThat(annotations)
                        .containsEntry("nginx.ingress.kubernetes.io/backend-protocol", "HTTPS")
                        .containsEntry("nginx.ingress.kubernetes.io/proxy-ssl-verify", "on")
                        .containsEntry(
                                "nginx.ingress.kubernetes.io/proxy-ssl-name", "alluvium-dashboard.alluvium.svc"));
        assertThat(manifests.all("ServiceMonitor")).allSatisfy(monitor -> {
            JsonNode endpoint = monitor.at("/spec/endpoints/0");
            assertThat(endpoint.path("scheme").asText()).isEqualTo("https");
            assertThat(endpoint.at("/tlsConfig/serverName").asText()).isEqualTo(monitor.name() + ".alluvium.svc");
            assertThat(endpoint.at("/tlsConfig/ca/secret/name").asText()).isEqualTo(monitor.name() + "-serving");
            assertThat(endpoint.path("tlsConfig").has("insecureSkipVerify")).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"PRODUCTION", "GPU_NVIDIA"})
    void kafkaIsHeldToTheSame(Overlay overlay) {
        JsonNode spec = rendered.get(overlay).the("Kafka", "alluvium").at("/spec");
        assertThat(List.of("/kafka/template/pod", "/entityOperator/template/pod"))
                .allSatisfy(pod -> {
                    assertThat(spec.at(pod + "/securityContext/runAsNonRoot").asBoolean())
                            .isTrue();
                    assertThat(spec.at(pod + "/securityContext/seccompProfile/type")
                                    .asText())
                            .isEqualTo("RuntimeDefault");
                });
        assertThat(List.of(
                        "/kafka/template/kafkaContainer",
                        "/entityOperator/template/topicOperatorContainer",
                        "/entityOperator/template/userOperatorContainer"))
                .allSatisfy(container -> {
                    JsonNode context = spec.at(container + "/securityContext");
                    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(context.path("readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(context.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
                });
        assertThat(Resource.items(spec.at("/kafka/listeners"))).allSatisfy(listener -> {
            assertThat(listener.path("tls").asBoolean()).isTrue();
            assertThat(listener.at("/authentication/type").asText()).isEqualTo("tls");
        });
    }
}
