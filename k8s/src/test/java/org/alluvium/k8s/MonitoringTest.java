package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** What Prometheus' operator and Grafana are given is what is tested with Prometheus itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class MonitoringTest {

    private static final Path FOLDER = Overlay.MANIFESTS.resolve("monitoring");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Manifests production = Manifests.render(Overlay.PRODUCTION.in(Overlay.MANIFESTS));

    @Test
    void theRulesAreThoseThatPromtoolChecks() throws IOException {
        Path generated = FOLDER.resolve("prometheus-rule.yaml");
        String rules = Files.readString(FOLDER.resolve("rules.yaml"));
        String head = Files.readString(generated).replaceFirst("(?s)(\nspec:\n).*", "$1");
        String expected = head
                + rules.lines()
                        .map(line -> line.isBlank() ? "" : "  " + line)
                        .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("alluvium.regenerate")) {
            Files.writeString(generated, expected);
        }

        assertThat(Files.readString(generated)).isEqualTo(expected);
        assertThat(production.the("PrometheusRule", "alluvium").at("/spec")).isEqualTo(yaml("rules.yaml"));
    }

    @Test
    void dashboardsAreAllThere() throws IOException {
        Map<String, String> data = Resource.texts(
                production.the("ConfigMap", "alluvium-dashboards").at("/data"));
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            for (Path file : files.toList()) {
                assertThat(JSON.readTree(data.get(file.getFileName().toString())))
                        .isEqualTo(JSON.readTree(file.toFile()));
            }
        }
    }

    @Test
    void monitorsRelabelAsThePlainScrapeConfigurationDoes() throws IOException {
        Map<String, JsonNode> plain = Resource.items(yaml("prometheus.yaml").path("scrape_configs"))
                .collect(Collectors.toMap(
                        job -> job.path("job_name").asText(), job -> job.path("metric_relabel_configs")));

        assertThat(relabelings("PodMonitor", "alluvium-ingest", "podMetricsEndpoints"))
                .isEqualTo(inCamelCase(plain.get("alluvium-ingest")));
        assertThat(relabelings("ServiceMonitor", "alluvium-trainer", "endpoints"))
                .isEqualTo(inCamelCase(plain.get("alluvium-train")));
        assertThat(relabelings("ServiceMonitor", "alluvium-dashboard", "endpoints"))
                .isEqualTo(inCamelCase(plain.get("alluvium-dashboard")));
        assertThat(relabelings("ServiceMonitor", "alluvium-gateway", "endpoints"))
                .isEqualTo(inCamelCase(plain.get("alluvium-gateway")));
    }

    private List<JsonNode> relabelings(String kind, String name, String endpoints) {
        return Resource.items(production.the(kind, name).at("/spec/" + endpoints + "/0/metricRelabelings"))
                .toList();
    }

    private static List<JsonNode> inCamelCase(JsonNode relabelings) {
        return Resource.items(relabelings)
                .map(rule -> {
                    ObjectNode renamed = JSON.createObjectNode();
                    rule.properties().forEach(field -> renamed.set(inCamelCase(field.getKey()), field.getValue()));
                    return (JsonNode) renamed;
                })
                .toList();
    }

    private static String inCamelCase(String name) {
        return Pattern.compile("_(.)")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static JsonNode yaml(String name) throws IOException {
        return Manifests.parse(Files.readString(FOLDER.resolve(name)))
                .resources()
                .get(0)
                .json();
    }
}
