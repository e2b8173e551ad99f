package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.alluvium.cli.Main;
import org.alluvium.cli.demo.DemoRun;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.TlsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One alluvium.yaml drives demo and cluster, and what it says agrees with the manifests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class ConfigurationTest {

    private static final Pattern SECRET = Pattern.compile("/etc/alluvium/(secrets/[a-z0-9]+)[/:]([a-z.]+)");

    private final Map<Overlay, Manifests> rendered = Manifests.renderAll();

    @Test
    void theFileOfTheClusterIsTheFileOfTheDemo() throws IOException {
        try (InputStream template = DemoRun.class.getResourceAsStream("alluvium.yaml")) {
            String demo = new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PRESET@", "small")
                    .replace("@STEPS@", "600")
                    .replace("@DECAY@", "150");
            assertThat(Files.readString(Overlay.MANIFESTS.resolve("base/alluvium.yaml")))
                    .as("k8s/base/alluvium.yaml is what the demo writes")
                    .isEqualTo(demo);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyProcessReadsTheSame(Overlay overlay, @TempDir Path mounted) {
        Configurations configurations = new Configurations(rendered.get(overlay), mounted);
        AlluviumConfig ingest = configurations.ofIngest();
        AlluviumConfig trainer = configurations.of("StatefulSet", "alluvium-trainer");
        AlluviumConfig dashboard = configurations.of("Deployment", "alluvium-dashboard");

        assertThat(trainer).isEqualTo(ingest);
        assertThat(dashboard).isEqualTo(ingest);
        if (rendered.get(overlay).has("Deployment", "alluvium-gateway")) {
            AlluviumConfig gateway = configurations.of("Deployment", "alluvium-gateway");
            assertThat(gateway.sources()).isEqualTo(ingest.sources());
            assertThat(gateway.gateway().source())
                    .contains(ingest.sources().get(0).name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCommandOfAPersonReadsItToo(Overlay overlay, @TempDir Path mounted) {
        Configurations configurations = new Configurations(rendered.get(overlay), mounted);
        List<String> check = new ArrayList<>(List.of("config", "check"));
        configurations.here(configurations.arguments("StatefulSet", "alluvium-trainer")).stream()
                .filter(argument -> argument.matches("--(config|set)=.*"))
                .forEach(check::add);

        assertThat(Main.commandLine().execute(check.toArray(String[]::new))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void argumentsAreThoseOfTheCommandLine(Overlay overlay, @TempDir Path mounted) {
        Configurations configurations = new Configurations(rendered.get(overlay), mounted);
        Stream.of("StatefulSet/alluvium-trainer", "Deployment/alluvium-dashboard", "Deployment/alluvium-gateway")
                .map(name -> name.split("/"))
                .filter(name -> rendered.get(overlay).has(name[0], name[1]))
                .map(name -> configurations.here(configurations.arguments(name[0], name[1])))
                .forEach(arguments -> assertThat(Main.commandLine()
                                .parseArgs(arguments.toArray(String[]::new))
                                .hasSubcommand())
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void portsAreThoseOfThePods(Overlay overlay, @TempDir Path mounted) {
        Manifests manifests = rendered.get(overlay);
        Configurations configurations = new Configurations(manifests, mounted);
        AlluviumConfig config = configurations.ofIngest();

        assertThat(port(manifests.the("StatefulSet", "alluvium-trainer")))
                .isEqualTo(config.train().monitor().port());
        assertThat(port(manifests.the("Deployment", "alluvium-dashboard")))
                .isEqualTo(config.dashboard().port());
        assertThat(config.train().monitor().host()).isEqualTo("0.0.0.0");
        assertThat(config.dashboard().host()).isEqualTo("0.0.0.0");
        manifests
                .all("Deployment")
                .filter(deployment -> deployment.name().equals("alluvium-gateway"))
                .forEach(gateway -> assertThat(port(gateway))
                        .isEqualTo(configurations
                                .of("Deployment", "alluvium-gateway")
                                .gateway()
                                .port()));
        JsonNode flink = manifests.the("FlinkDeployment", "alluvium-ingest").at("/spec");
        assertThat(flink.at("/podTemplate/spec/containers/0/ports/0/containerPort")
                        .asText())
                .isEqualTo(flink.at("/flinkConfiguration/metrics.reporter.prom.port")
                        .asText());
    }

    private static int port(Resource workload) {
        return workload.at("/spec/template/spec/containers/0/ports/0/containerPort")
                .asInt();
    }

    @ParameterizedTest
    @EnumSource
    void pathsAreMountedAndSecretsAreWhereTheyAreLookedFor(Overlay overlay, @TempDir Path mounted) {
        Manifests manifests = rendered.get(overlay);
        AlluviumConfig config = new Configurations(manifests, mounted).ofIngest();

        for (Pod pod : manifests.pods()) {
            List<String> mounts = Resource.items(pod.container().path("volumeMounts"))
                    .map(mount -> mount.path("mountPath").asText())
                    .toList();
            assertThat(mounts).contains("/etc/alluvium", "/tmp");
        }
        assertThat(config.train().run().toString()).startsWith("/var/lib/alluvium/");
        assertThat(config.corpus().cacheDir()).hasToString("/var/cache/alluvium");
        assertThat(config.train().archive().isPresent()).isEqualTo(overlay != Overlay.LOCAL);
        assertThat(manifests
                        .the("StatefulSet", "alluvium-trainer")
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asLong())
                .isGreaterThan(config.train().archiveWithin().toSeconds());
        assertThat(secrets(manifests, "Deployment/alluvium-dashboard"))
                .contains(Path.of(Configurations.MOUNT)
                        .relativize(config.dashboard().tokenFile().orElseThrow())
                        .toString());
        List<String> named = SECRET.matcher(config.sources().toString())
                .results()
                .map(match -> match.group(1) + "/" + match.group(2))
                .toList();
        assertThat(secrets(manifests, "FlinkDeployment/alluvium-ingest/taskManager"))
                .containsAll(named);
        if (manifests.has("Deployment", "alluvium-gateway")) {
            assertThat(named).hasSize(3);
            assertThat(secrets(manifests, "Deployment/alluvium-gateway"))
                    .containsAll(named)
                    .contains("secrets/gateway/token");
        }
    }

    @ParameterizedTest
    @EnumSource
    void certificatesAreWhereTheyAreLookedFor(Overlay overlay, @TempDir Path mounted) {
        Manifests manifests = rendered.get(overlay);
        Configurations configurations = new Configurations(manifests, mounted);
        AlluviumConfig config = configurations.of("StatefulSet", "alluvium-trainer");
        assertThat(config.train().monitor().tls().isPresent()).isEqualTo(overlay != Overlay.LOCAL);
        config.train()
                .monitor()
                .tls()
                .ifPresent(tls -> assertThat(secrets(manifests, "StatefulSet/alluvium-trainer"))
                        .containsAll(belowTheMount(tls)));
        configurations
                .of("Deployment", "alluvium-dashboard")
                .dashboard()
                .tls()
                .ifPresent(tls -> assertThat(secrets(manifests, "Deployment/alluvium-dashboard"))
                        .containsAll(belowTheMount(tls)));
        if (manifests.has("Deployment", "alluvium-gateway")) {
            TlsConfig tls = configurations
                    .of("Deployment", "alluvium-gateway")
                    .gateway()
                    .tls()
                    .orElseThrow();
            assertThat(secrets(manifests, "Deployment/alluvium-gateway")).containsAll(belowTheMount(tls));
        }
    }

    private static List<String> belowTheMount(TlsConfig tls) {
        Path mount = Path.of(Configurations.MOUNT);
        return Stream.of(tls.certificateFile(), tls.keyFile())
                .map(file -> mount.relativize(file).toString())
                .toList();
    }

    /** Paths below the configuration at which a pod has secrets. */
    private static List<String> secrets(Manifests manifests, String name) {
        return manifests.pods().stream()
                .filter(pod -> pod.name().equals(name))
                .flatMap(pod -> Resource.items(pod.spec().path("volumes")))
                .flatMap(volume -> Resource.items(volume.at("/projected/sources")))
                .flatMap(source -> Resource.items(source.at("/secret/items")))
                .map(item -> item.path("path").asText())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void flinkIsToldWhatTheJobIsTold(Overlay overlay, @TempDir Path mounted) {
        Manifests manifests = rendered.get(overlay);
        AlluviumConfig config = new Configurations(manifests, mounted).ofIngest();
        JsonNode spec = manifests.the("FlinkDeployment", "alluvium-ingest").at("/spec");
        Map<String, String> flink = Resource.texts(spec.path("flinkConfiguration"));

        assertThat(spec.at("/job/parallelism").asInt())
                .isEqualTo(config.ingest().parallelism());
        assertThat(flink)
                .containsEntry("jobmanager.scheduler", "adaptive")
                .containsEntry("high-availability.type", "kubernetes")
                .containsKeys("high-availability.storageDir", "execution.checkpointing.savepoint-dir");
        String corpus = config.corpus().dir().toString();
        assertThat(flink)
                .containsEntry(
                        "execution.checkpointing.dir", (corpus.startsWith("s3:") ? "" : "file://") + corpus + "/flink");
        assertThat(spec.at("/job/upgradeMode").asText()).isEqualTo("savepoint");
        if (overlay != Overlay.LOCAL) {
            assertThat(flink)
                    .containsEntry("job.autoscaler.enabled", "true")
                    .containsEntry(
                            "pipeline.max-parallelism",
                            Integer.toString(config.ingest().maxParallelism()))
                    .containsEntry("s3.region", config.s3().region());
            int most = Integer.parseInt(flink.get("job.autoscaler.vertex.max-parallelism"));
            assertThat(most)
                    .isLessThanOrEqualTo(config.ingest().maxParallelism())
                    .isEqualTo(manifests
                            .the("KafkaTopic", "documents")
                            .at("/spec/partitions")
                            .asInt());
        }
    }

    @Test
    void aGpuIsAskedForAndOnlyByTheTrainer() {
        List<Pod> pods = rendered.get(Overlay.GPU_NVIDIA).pods();

        assertThat(pods.stream()
                        .filter(pod -> pod.container().at("/resources/limits").has("nvidia.com/gpu")))
                .singleElement()
                .satisfies(pod -> {
                    assertThat(pod.name()).isEqualTo("StatefulSet/alluvium-trainer");
                    assertThat(pod.spec().path("nodeSelector")).isNotEmpty();
                    assertThat(pod.spec().at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
                    assertThat(pod.spec().at("/affinity/nodeAffinity")).isNotEmpty();
                    assertThat(pod.spec().path("terminationGracePeriodSeconds").asInt())
                            .isEqualTo(600);
                    assertThat(pod.container().path("args").toString()).contains("--backend=tornado");
                });
    }
}
