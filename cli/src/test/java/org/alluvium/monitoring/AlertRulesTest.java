package org.alluvium.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.metrics.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code k8s/monitoring/rules.yaml}, by Prometheus' own tool, and beside the documentation and the metrics there are. */
class AlertRulesTest {

    private static final Path DOCUMENTATION = MonitoringFiles.ROOT.resolve("docs/metrics.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check rules --lint=all --lint-fatal rules.yaml",
                "check config prometheus.yaml",
                "test rules rules.test.yaml"
            })
    void prometheusAgrees(String command) throws Exception {
        Optional<Path> promtool = MonitoringFiles.tool("promtool");
        assumeTrue(promtool.isPresent(), "there is no promtool: the rules are not tested");
        List<String> line = new ArrayList<>(List.of(promtool.get().toString()));
        line.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(line)
                .directory(MonitoringFiles.FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        String documentation = MonitoringFiles.text(DOCUMENTATION);
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.get("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).as(name).endsWith(".");
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .as(name)
                    .isEqualTo("docs/metrics.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(documentation).as("the section that %s links to", name).contains("\n### " + name + "\n");
        });
    }

    @Test
    void everyAlertIsTestedToFireAndNotToFire() {
        String tests = MonitoringFiles.text(MonitoringFiles.FOLDER.resolve("rules.test.yaml"));
        assertThat(alerts())
                .extracting(alert -> alert.get("alert").asText())
                .allSatisfy(name -> assertThat(tests)
                        .contains("alertname: " + name + "\n        exp_alerts: []")
                        .contains("alertname: " + name + "\n        exp_alerts:\n          - exp_labels"));
    }

    @Test
    void whatRulesRecordIsInTheCatalogue() {
        assertThat(rules().filter(rule -> rule.has("record"))
                        .map(rule -> rule.get("record").asText()))
                .containsExactlyElementsOf(
                        MetricCatalog.recorded().stream().map(Metric::name).toList());
    }

    @Test
    void alertsAreOfMetricsThereAre() {
        List<String> known = MetricCatalog.all().stream().map(Metric::name).toList();
        assertThat(alerts()).allSatisfy(alert -> {
            String expression = alert.get("expr").asText();
            assertThat(known).containsAll(MetricCatalog.namesIn(expression));
            assertThat(expression).doesNotContain("flink_");
        });
    }

    @Test
    void panelsAreOfMetricsThereAreAndSayWhatTheyShow() {
        List<String> known = MetricCatalog.all().stream().map(Metric::name).toList();
        List<Panel> panels = MonitoringFiles.dashboards()
                .flatMap(file -> Panel.of(file).stream())
                .toList();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.unit()).as("unit of " + panel).isNotBlank();
            assertThat(panel.description()).as("description of " + panel).endsWith(".");
            assertThat(known).containsAll(MetricCatalog.namesIn(String.join(" ", panel.queries())));
        });
        assertThat(MonitoringFiles.dashboards().map(MonitoringFiles::json))
                .hasSize(3)
                .allSatisfy(dashboard -> {
                    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
                    assertThat(dashboard.findValues("datasource"))
                            .allSatisfy(source ->
                                    assertThat(source.get("uid").asText()).isEqualTo("${datasource}"));
                });
    }

    @Test
    void everyMetricIsOnADashboard() {
        String queries = MonitoringFiles.dashboards()
                .flatMap(file -> Panel.of(file).stream())
                .flatMap(panel -> panel.queries().stream())
                .reduce("", (all, query) -> all + " " + query);
        assertThat(MetricCatalog.namesIn(queries))
                .containsAll(MetricCatalog.all().stream().map(Metric::name).toList());
    }

    private static List<JsonNode> alerts() {
        return rules().filter(rule -> rule.has("alert")).toList();
    }

    private static Stream<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        MonitoringFiles.yaml("rules.yaml")
                .get("groups")
                .forEach(group -> group.get("rules").forEach(rules::add));
        return rules.stream();
    }
}
